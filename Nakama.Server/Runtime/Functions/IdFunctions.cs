using System.Security.Cryptography;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Identifiers and random bytes.</summary>
internal sealed class IdFunctions : IFunctionModule
{
    private const int IdBytes = 16;
    private const int MaxRandomBytes = 1000;

    public string Name => "Identifiers";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("uuid_v4", "A new random identifier.")
            .Returns("id").NamedInJavaScript("uuidv4")
            .Does(static _ => ScriptValue.Of(Guid.NewGuid().ToString()));
        functions.Function("uuid_bytes_to_string", "The text of the 16 bytes of an identifier.")
            .Bytes("bytes", "expects a UUID byte string").Returns("id").OnlyInLua()
            .Does(static call => call.Bytes(0) is { Length: IdBytes } bytes
                ? ScriptValue.Of(new Guid(bytes, bigEndian: true).ToString())
                : throw call.Refuse(0, "not a valid UUID byte string"));
        functions.Function("uuid_string_to_bytes", "The 16 bytes of an identifier.")
            .Text("id", "expects a UUID string").Returns("bytes").OnlyInLua()
            .Does(static call => UuidText.TryParse(call.Text(0), out var id)
                ? ScriptValue.Of(id.ToByteArray(bigEndian: true))
                : throw call.Refuse(0, "not a valid UUID string"));
        functions.Function("secure_random_bytes", "Random bytes that nobody can foresee, at most 1000.")
            .Whole("count").Returns("bytes")
            .Does(static call => call.Whole(0) is >= 1 and <= MaxRandomBytes and var count
                ? ScriptValue.Of(RandomNumberGenerator.GetBytes((int)count))
                : throw call.Refuse(0, "count must be 1-1000"));
    }
}
