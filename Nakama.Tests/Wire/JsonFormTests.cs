using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;

namespace Nakama.Tests.Wire;

public sealed class JsonFormTests
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithRecursionLimit(100));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatEnumsAsIntegers(true));

    [Fact]
    public void Every_message_of_the_contract_reads_back_what_it_wrote() => ForEveryKind((kind, message) =>
    {
        foreach (var form in new[] { JsonFormat.Api, JsonFormat.Console, JsonFormat.Explorer })
        {
            var back = New(kind);
            ProtoJson.ReadStrict(Encoding.UTF8.GetBytes(ProtoJson.ToString(message, form)), back);
            Assert.Equal(message, back);
        }
    });

    [Fact]
    public void Every_message_is_understood_by_the_library_of_protobuf() => ForEveryKind((kind, message) =>
        Assert.Equal(message, Parser.Parse(ProtoJson.ToString(message, JsonFormat.Api), kind)));

    [Fact]
    public void Every_message_is_written_with_the_same_fields_as_by_the_library_of_protobuf() => ForEveryKind((_, message) =>
        Assert.True(JsonElement.DeepEquals(Json(Formatter.Format(message)), Json(ProtoJson.ToString(message, JsonFormat.Api)))));

    [Fact]
    public void Every_message_that_the_library_of_protobuf_wrote_is_understood() => ForEveryKind((kind, message) =>
    {
        foreach (var formatter in new[] { Formatter, JsonFormatter.Default, new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true)) })
        {
            var back = New(kind);
            ProtoJson.ReadLenient(Encoding.UTF8.GetBytes(formatter.Format(message)), back);
            Assert.Equal(message, back);
        }
    });

    [Fact]
    public void Game_clients_get_no_defaults_but_wrappers_that_are_set()
    {
        var message = new ChannelMessage { Code = 0, Content = "{}", Persistent = false };

        Assert.Equal("""{"code":0,"content":"{}","persistent":false}""", ProtoJson.ToString(message, JsonFormat.Api));
    }

    [Fact]
    public void Operators_get_defaults_and_null_for_what_is_not_set()
    {
        var text = ProtoJson.ToString(new ChannelMessage(), JsonFormat.Console);

        Assert.Contains("\"channel_id\":\"\"", text, StringComparison.Ordinal);
        Assert.Contains("\"code\":null", text, StringComparison.Ordinal);
        Assert.Contains("\"create_time\":null", text, StringComparison.Ordinal);
        Assert.Contains("\"devices\":[]", ProtoJson.ToString(new Nakama.Protocol.Api.Account(), JsonFormat.Console), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_oneof_that_are_not_set_never_appear() =>
        Assert.DoesNotContain("token", ProtoJson.ToString(new Nakama.Protocol.Realtime.Match { MatchId = "m" }, JsonFormat.Console), StringComparison.Ordinal);

    [Fact]
    public void A_oneof_text_that_is_set_to_nothing_appears() =>
        Assert.Equal("""{"match_id":""}""", ProtoJson.ToString(new MatchJoin { MatchId = "" }, JsonFormat.Api));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(120_000_000, "1970-01-01T00:00:00.120Z")]
    [InlineData(120_000, "1970-01-01T00:00:00.000120Z")]
    [InlineData(1, "1970-01-01T00:00:00.000000001Z")]
    public void Times_have_0_3_6_or_9_digits(int nanos, string text) =>
        Assert.Equal($$"""{"create_time":"{{text}}"}""", ProtoJson.ToString(new User { CreateTime = new Timestamp { Nanos = nanos } }, JsonFormat.Api));

    [Fact]
    public void Half_a_surrogate_pair_is_written_as_the_replacement_character() =>
        Assert.Equal("\uFFFD", Json(ProtoJson.ToString(new User { Username = "\ud800" }, JsonFormat.Api)).GetProperty("username").GetString());

    [Fact]
    public void Writing_allocates_almost_nothing()
    {
        var message = new User { Id = "id", Username = "name", DisplayName = "Name", EdgeCount = 3, Online = true, CreateTime = new Timestamp { Seconds = 1 } };
        var buffer = new ArrayBufferWriter<byte>(1024);
        ProtoJson.Write(message, buffer, JsonFormat.Api);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            buffer.ResetWrittenCount();
            ProtoJson.Write(message, buffer, JsonFormat.Api);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 64);
    }

    private static void ForEveryKind(Action<MessageDescriptor, IMessage> check)
    {
        foreach (var kind in AnyMessage.Kinds())
        {
            for (var seed = 0; seed < 12; seed++) check(kind, AnyMessage.Create(kind, new Random(seed)));
        }
    }

    private static IMessage New(MessageDescriptor kind) => (IMessage)Activator.CreateInstance(kind.ClrType)!;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
