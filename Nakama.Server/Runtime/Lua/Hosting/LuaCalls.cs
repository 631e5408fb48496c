namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>Calls functions of modules in the next free interpreter.</summary>
internal sealed class LuaCalls(LuaPool pool, LuaContexts contexts, LuaErrors errors)
{
    /// <summary>Calls with the context alone, and returns the last result.</summary>
    /// <exception cref="Nakama.Server.Errors.ApiError">The function failed, or refused.</exception>
    public ValueTask<LuaValue> CallAsync(in LuaCallback callback, CancellationToken cancellationToken) =>
        RunAsync(callback, 1, default, default, default, cancellationToken);

    /// <inheritdoc cref="CallAsync(in LuaCallback, CancellationToken)"/>
    public ValueTask<LuaValue> CallAsync(in LuaCallback callback, LuaValue argument, CancellationToken cancellationToken) =>
        RunAsync(callback, 2, argument, default, default, cancellationToken);

    /// <inheritdoc cref="CallAsync(in LuaCallback, CancellationToken)"/>
    public ValueTask<LuaValue> CallAsync(in LuaCallback callback, LuaValue first, LuaValue second, CancellationToken cancellationToken) =>
        RunAsync(callback, 3, first, second, default, cancellationToken);

    /// <inheritdoc cref="CallAsync(in LuaCallback, CancellationToken)"/>
    public ValueTask<LuaValue> CallAsync(
        in LuaCallback callback, LuaValue first, LuaValue second, LuaValue third, CancellationToken cancellationToken) =>
        RunAsync(callback, 4, first, second, third, cancellationToken);

    /// <summary>Logs what is wrong with a result whose refusal tells clients less.</summary>
    public void Complain(in LuaCallback callback, string message) => errors.Log(message, "", callback.Context);

    private async ValueTask<LuaValue> RunAsync(
        LuaCallback callback, int count, LuaValue first, LuaValue second, LuaValue third, CancellationToken cancellationToken)
    {
        var interpreter = await pool.RentAsync(cancellationToken);
        try
        {
            interpreter.Context = callback.Context;
            var function = interpreter.Callbacks.Find(callback.Kind, callback.Name)
                ?? throw new InvalidOperationException($"No function is registered for {callback.Kind} {callback.Name}.");
            try
            {
                ReadOnlySpan<LuaValue> arguments = [contexts.Make(callback.Context, interpreter.Environment), first, second, third];
                var results = await interpreter.Machine.CallAsync(function, arguments[..count], cancellationToken);
                return results.Last;
            }
            catch (LuaException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw errors.ToRefusal(e, FileOf(function), callback.Context, callback.BoundsCodes);
            }
        }
        finally
        {
            pool.Return(interpreter);
        }
    }

    private static string FileOf(LuaFunction function) => (function as LuaClosure)?.Proto.ChunkName ?? "";
}
