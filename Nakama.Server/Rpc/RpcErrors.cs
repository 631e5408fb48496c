using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>The errors of function calls.</summary>
public static class RpcErrors
{
    public static ApiException IdRequired => new(StatusCode.InvalidArgument, "RPC ID must be set");

    public static ApiException NotFound => new(StatusCode.NotFound, "RPC function not found");

    public static ApiException PayloadNotText => new(StatusCode.InvalidArgument, "json: cannot unmarshal object into Go value of type string");
}
