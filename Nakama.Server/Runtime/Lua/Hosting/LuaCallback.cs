namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>Which function of the modules is to be called, and why.</summary>
/// <param name="Kind">What it is registered for.</param>
/// <param name="Name">Under which name.</param>
/// <param name="Context">What it gets first.</param>
/// <param name="BoundsCodes">Whether codes of its own that no status has become internal errors.</param>
internal readonly record struct LuaCallback(LuaCallbackKind Kind, string Name, RuntimeContext Context, bool BoundsCodes);
