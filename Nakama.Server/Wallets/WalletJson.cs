using System.Buffers;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;

namespace Nakama.Server.Wallets;

/// <summary>Wallets and changesets as JSON objects of integers.</summary>
internal static class WalletJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JsonTextEncoder.HtmlSafe };

    /// <exception cref="Errors.ApiException">It contains something other than integers.</exception>
    public static Dictionary<string, long> Read(string json)
    {
        var wallet = new Dictionary<string, long>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value)) throw WalletErrors.NotWhole(name);
            wallet[name] = value;
        }

        return wallet;
    }

    public static string Write(IReadOnlyDictionary<string, long> wallet)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in wallet) writer.WriteNumber(name, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
