using Nakama.Server.Lifecycle;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime;

/// <summary>
/// Looks at the files of the modules once a second when <c>runtime.hot_reload</c> is on, and has a language loaded again when its
/// files have changed and then stayed the same for one look, so that half-written files are not loaded. Storage indexes that
/// could not be filled then are filled in a later round.
/// </summary>
internal sealed class ModuleWatcher(RuntimeModules modules, StorageIndexLoader indexes, RuntimeOptions options, LoopContext context)
    : PeriodicLoop(context, options.HotReload ? TimeSpan.FromSeconds(1) : TimeSpan.Zero)
{
    private readonly Dictionary<ScriptLanguage, (string Loaded, string Seen)> _states = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.HotReload)
        {
            foreach (var runtime in modules.Reloadable)
            {
                var state = StateOf(runtime);
                _states[runtime.Language] = (state, state);
            }
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in modules.Reloadable)
        {
            var state = StateOf(runtime);
            var (loaded, seen) = _states[runtime.Language];
            if (state == loaded || state != seen)
            {
                _states[runtime.Language] = (loaded, state);
                continue;
            }

            // A version that cannot be loaded is not tried again before the next change.
            _states[runtime.Language] = (state, state);
            await modules.ReloadAsync(runtime, cancellationToken);
        }

        await indexes.FillUnfilledAsync(cancellationToken);
    }

    private string StateOf(IScriptRuntime runtime) => ModuleFiles.StateOf(options.Path, runtime.FileExtension!);
}
