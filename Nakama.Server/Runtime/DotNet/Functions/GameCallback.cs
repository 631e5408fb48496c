using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>A function of a C# game that a function of the server calls.</summary>
internal delegate ScriptValue GameCallback(ScriptValue argument);
