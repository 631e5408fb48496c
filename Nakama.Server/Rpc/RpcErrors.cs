using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>The refusals of function calls.</summary>
public static class RpcErrors
{
    public static ApiError IdRequired => new(StatusCode.InvalidArgument, "RPC ID must be set");

    public static ApiError NotFound => new(StatusCode.NotFound, "RPC function not found");

    public static ApiError PayloadNotText => new(StatusCode.InvalidArgument, "json: cannot unmarshal object into Go value of type string");
}
