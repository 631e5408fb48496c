using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>A function of game logic failed in a way that is only logged.</summary>
public sealed class RpcFailedException(Exception cause) : ApiException(StatusCode.Internal, ApiErrors.InternalText, cause);
