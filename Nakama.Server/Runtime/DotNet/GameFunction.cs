using Nakama.GameLogic;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>A function of a game, called with its context and the values that the table of callbacks describes.</summary>
internal delegate Task<ScriptValue> GameFunction(GameContext context, CallbackArguments arguments);
