using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Nakama.Protocol.Api;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;
using WireSession = Nakama.Protocol.Api.Session;

namespace Nakama.Tests.Wire.Json;

/// <summary>Our JSON of any message says the same as that of Google's own library, and each reads what the other has written.</summary>
public sealed class JsonOfRandomMessages
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatEnumsAsIntegers(true));

    private static readonly MessageDescriptor[] Types =
    [
        Account.Descriptor, WireSession.Descriptor, StorageObjects.Descriptor, WriteStorageObjectsRequest.Descriptor, ChannelMessageList.Descriptor,
        UpdateAccountRequest.Descriptor, Users.Descriptor, TournamentList.Descriptor, NotificationList.Descriptor, Envelope.Descriptor,
    ];

    private static readonly Arbitrary<(int, int)> Seeds =
        (from type in Gen.Choose(0, Types.Length - 1) from seed in Gen.Choose(0, int.MaxValue - 1) select (type, seed)).ToArbitrary();

    [Fact]
    public void What_we_write_is_what_the_library_writes() => ForAll(message =>
        JsonNode.DeepEquals(JsonNode.Parse(ProtoJson.ToString(message, JsonFormat.Api)), JsonNode.Parse(Formatter.Format(message))));

    [Fact]
    public void What_the_library_writes_we_read() => ForAll(message =>
        Read(Formatter.Format(message), message.Descriptor).Equals(message));

    [Fact]
    public void What_we_write_the_library_reads() => ForAll(message =>
        JsonParser.Default.Parse(ProtoJson.ToString(message, JsonFormat.Api), message.Descriptor).Equals(message));

    [Fact]
    public void A_cut_off_text_is_refused_and_nothing_else_happens() => Prop.ForAll(Seeds, seed =>
    {
        var text = Encoding.UTF8.GetBytes(Formatter.Format(Message(seed)));
        var cut = text.AsSpan(0, seed.Item2 % text.Length);
        var message = Types[seed.Item1].Parser.ParseFrom(ByteString.Empty);
        try
        {
            ProtoJson.ReadStrict(cut, message);
            return false;
        }
        catch (ProtoJsonException)
        {
            return true;
        }
    }).QuickCheckThrowOnFailure();

    private static void ForAll(Func<IMessage, bool> holds) => Prop.ForAll(Seeds, seed => holds(Message(seed))).QuickCheckThrowOnFailure();

    private static IMessage Message((int Type, int Seed) chosen) => new RandomMessage(chosen.Seed).Of(Types[chosen.Type]);

    private static IMessage Read(string json, MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        ProtoJson.ReadStrict(Encoding.UTF8.GetBytes(json), message);
        return message;
    }
}
