using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// The rights of an operator: three bits per resource. In tokens it is a bitmap whose first bit is the highest of its first
/// byte, in the database JSON, in requests and responses a map.
/// </summary>
public sealed class ConsoleAcl
{
    private const int ResourceCount = 30;
    private const int Rights = 3;
    private const int ByteCount = 12;

    private static readonly EnumDescriptor ResourceNames = ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(AclResources));

    private readonly byte[] _bits;

    private ConsoleAcl(byte[] bits)
    {
        // An operator with every right of this version also has those of later versions.
        IsAdmin = HasAll(bits);
        if (IsAdmin) Array.Fill(bits, byte.MaxValue);
        _bits = bits;
    }

    public static ConsoleAcl Admin { get; } = new([.. Enumerable.Repeat(byte.MaxValue, ByteCount)]);

    public static ConsoleAcl None { get; } = new(new byte[ByteCount]);

    public bool IsAdmin { get; }

    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept((byte)0);

    public bool Permits(AclResources resource, AclRight right) => Has(_bits, BitOf((int)resource, right));

    /// <summary>Whether these rights include all of the others.</summary>
    public bool Covers(ConsoleAcl other)
    {
        for (var i = 0; i < ByteCount; i++)
        {
            if ((other._bits[i] & ~_bits[i]) != 0) return false;
        }

        return true;
    }

    /// <summary>These rights and the others together.</summary>
    public ConsoleAcl With(ConsoleAcl other)
    {
        var bits = new byte[ByteCount];
        for (var i = 0; i < ByteCount; i++) bits[i] = (byte)(_bits[i] | other._bits[i]);
        return new ConsoleAcl(bits);
    }

    /// <summary>Whether these rights are the same as the others.</summary>
    public bool IsSameAs(ConsoleAcl other) => _bits.AsSpan().SequenceEqual(other._bits);

    /// <summary>The form used in tokens.</summary>
    public string ToBitmap() => Base64Url.EncodeToString(_bits);

    /// <summary>Reads the form used in tokens. A bitmap of another length grants nothing.</summary>
    public static ConsoleAcl FromBitmap(string text) =>
        Base64Url.IsValid(text, out var length) && length == ByteCount ? new(Base64Url.DecodeFromChars(text)) : None;

    /// <summary>Reads the form used in the database; missing rights are not granted.</summary>
    public static ConsoleAcl FromStored(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return None;
        if (root.TryGetProperty("admin", out var admin) && admin.ValueKind == JsonValueKind.True) return Admin;
        if (!root.TryGetProperty("acl", out var acl) || acl.ValueKind != JsonValueKind.Object) return None;

        var bits = new byte[ByteCount];
        foreach (var entry in acl.EnumerateObject())
        {
            if (Find(entry.Name) is not { } resource || entry.Value.ValueKind != JsonValueKind.Object) continue;
            foreach (var right in Enum.GetValues<AclRight>())
            {
                if (entry.Value.TryGetProperty(NameOf(right), out var given) && given.ValueKind == JsonValueKind.True)
                    Set(bits, BitOf((int)resource, right));
            }
        }

        return new ConsoleAcl(bits);
    }

    /// <summary>Reads the form used in requests. Names of unknown resources are ignored.</summary>
    public static ConsoleAcl FromMessage(IEnumerable<KeyValuePair<string, Permissions>> map)
    {
        var bits = new byte[ByteCount];
        foreach (var (name, given) in map)
        {
            if (Find(name) is not { } resource) continue;
            if (given.Read) Set(bits, BitOf((int)resource, AclRight.Read));
            if (given.Write) Set(bits, BitOf((int)resource, AclRight.Write));
            if (given.Delete) Set(bits, BitOf((int)resource, AclRight.Delete));
        }

        return new ConsoleAcl(bits);
    }

    /// <summary>Fills the form used in responses, which lists every resource.</summary>
    public void WriteTo(IDictionary<string, Permissions> map)
    {
        foreach (var resource in ResourceNames.Values)
        {
            var number = (AclResources)resource.Number;
            map[resource.Name] = new Permissions
            {
                Read = Permits(number, AclRight.Read),
                Write = Permits(number, AclRight.Write),
                Delete = Permits(number, AclRight.Delete),
            };
        }
    }

    /// <summary>The form used in the database.</summary>
    public string ToStored()
    {
        if (IsAdmin) return """{"admin": true}""";
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteBoolean("admin", false);
            json.WriteStartObject("acl");
            foreach (var resource in ResourceNames.Values)
            {
                json.WriteStartObject(resource.Name);
                foreach (var right in Enum.GetValues<AclRight>()) json.WriteBoolean(NameOf(right), Permits((AclResources)resource.Number, right));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static AclResources? Find(string name)
    {
        var value = ResourceNames.FindValueByName(name);
        return value is null ? null : (AclResources)value.Number;
    }

    private static string NameOf(AclRight right) => right switch
    {
        AclRight.Read => "read",
        AclRight.Write => "write",
        _ => "delete",
    };

    private static int BitOf(int resource, AclRight right) => resource * Rights + (int)right;

    private static bool Has(ReadOnlySpan<byte> bits, int bit) => (bits[bit / 8] & (0x80 >> (bit % 8))) != 0;

    private static void Set(Span<byte> bits, int bit) => bits[bit / 8] |= (byte)(0x80 >> (bit % 8));

    private static bool HasAll(ReadOnlySpan<byte> bits)
    {
        for (var bit = 0; bit < ResourceCount * Rights; bit++)
        {
            if (!Has(bits, bit)) return false;
        }

        return true;
    }
}
