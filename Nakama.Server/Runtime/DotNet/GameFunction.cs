using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>A function of a game, called with the values that the table of callbacks describes.</summary>
internal delegate Task<ScriptValue> GameFunction(CallbackCall call, CancellationToken cancellationToken);
