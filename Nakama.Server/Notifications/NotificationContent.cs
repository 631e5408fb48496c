using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nakama.Server.Notifications;

/// <summary>Writes what the server's own notifications contain: a JSON object of texts.</summary>
public static class NotificationContent
{
    public static string Of(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in members)
        {
            if (json.Length > 1) json.Append(',');
            json.Append('"').Append(name).Append("\":\"").Append(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)).Append('"');
        }
        return json.Append('}').ToString();
    }
}
