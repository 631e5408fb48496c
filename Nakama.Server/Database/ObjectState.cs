using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;

namespace Nakama.Server.Database;

/// <summary>What an object was at some time, as a JSON object. Two states are equal if and only if the object was the same.</summary>
/// <param name="Json">The state, or its size and a hash when it is too large to be kept.</param>
/// <param name="IsComplete">Whether it is the state itself.</param>
public sealed record ObjectState(string Json, bool IsComplete)
{
    /// <summary>How large a state may be.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The member that stands for what is too large.</summary>
    public const string TooLarge = "too_large";

    private static readonly JsonWriterOptions Options = new() { Encoder = JsonTextEncoder.Minimal };

    /// <summary>Writes the members of a state.</summary>
    public static ObjectState Write(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = Build(writeMembers);
        if (buffer.WrittenCount <= MaxBytes) return new(Encoding.UTF8.GetString(buffer.WrittenSpan), IsComplete: true);
        return Omitted(buffer.WrittenCount, "sha256", Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)), static _ => { });
    }

    /// <summary>The state is a JSON object already.</summary>
    public static ObjectState Of(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return bytes.Length <= MaxBytes ? new(json, IsComplete: true) : Omitted(bytes.Length, "sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)), static _ => { });
    }

    /// <summary>Stands for a state that is too large.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="algorithm">The algorithm of the hash.</param>
    /// <param name="hash">Tells two such states apart.</param>
    /// <param name="writeMembers">Writes the members that are small.</param>
    public static ObjectState Omitted(long bytes, string algorithm, string hash, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = Build(writer =>
        {
            writer.WriteStartObject(TooLarge);
            writer.WriteNumber("bytes", bytes);
            writer.WriteString(algorithm, hash);
            writer.WriteEndObject();
            writeMembers(writer);
        });
        return new(Encoding.UTF8.GetString(buffer.WrittenSpan), IsComplete: false);
    }

    /// <summary>An instant with all digits that the database keeps.</summary>
    public static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is not of <see cref="Text"/>.</exception>
    public static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static ArrayBufferWriter<byte> Build(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writeMembers(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }
}
