using System.Text;
using System.Text.Json;

namespace Nakama.Server.Rpc;

/// <summary>Logs failures of functions.</summary>
internal static class RpcFailures
{
    /// <summary>A function that cannot parse its payload because that is not JSON has not failed; the request is invalid.</summary>
    public static void Log(ILogger log, Exception error, string id, string payload)
    {
        if (error is JsonException && !IsJson(payload)) RpcLog.PayloadNotJson(log, id, payload.Length);
        else RpcLog.FunctionFailed(log, error, id);
    }

    private static bool IsJson(string payload)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(payload));
        try
        {
            while (reader.Read())
            {
                // Only whether it can be read to its end matters.
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return payload.Length > 0;
    }
}
