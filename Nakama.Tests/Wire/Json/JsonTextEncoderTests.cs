using System.Text;
using System.Text.Json;
using Nakama.Protocol.Api;
using Nakama.Protocol.Json;

namespace Nakama.Tests.Wire.Json;

public sealed class JsonTextEncoderTests
{
    private const string Everything = "\"\\/\b\f\n\r\t\u0001\u001f\u007f\u0085 <>&'+`é\u00a0\u2028\u2029\ue000\ufeff\U0001F600";

    public static TheoryData<bool> Encoders => [false, true];

    [Fact]
    public void Messages_escape_what_json_demands() => Assert.Equal(
        "\"" + @"\""\\/\b\f\n\r\t\u0001\u001f" + "\u007f\u0085 <>&'+`é\u00a0\u2028\u2029\ue000\ufeff\U0001F600" + "\"",
        Write(JsonTextEncoder.Minimal, Everything));

    [Fact]
    public void Function_calls_also_escape_what_pages_and_scripts_could_take_for_their_own() => Assert.Equal(
        "\"" + @"\""\\/\b\f\n\r\t\u0001\u001f" + "\u007f\u0085 " + @"\u003c\u003e\u0026" + "'+`é\u00a0" + @"\u2028\u2029" + "\ue000\ufeff\U0001F600" + "\"",
        Write(JsonTextEncoder.HtmlSafe, Everything));

    [Fact]
    public void Json_within_json_takes_one_more_byte_for_each_quote()
    {
        const string inner = """{"name":"Éclair 😀","tags":["a","b"]}""";

        var written = ProtoJson.ToString(new Rpc { Payload = inner }, JsonFormat.Api);

        Assert.Equal("{\"payload\":\"" + inner.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"}", written);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Every_text_reads_back_as_it_was(bool isHtmlSafe)
    {
        var encoder = isHtmlSafe ? JsonTextEncoder.HtmlSafe : JsonTextEncoder.Minimal;
        var random = new Random(20261129);
        for (var round = 0; round < 2000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(40); length > 0; length--) text.Append(AnyRune(random).ToString());

            var written = Write(encoder, text.ToString());

            Assert.Equal(text.ToString(), JsonSerializer.Deserialize<string>(written));
            Assert.Equal(written, Write(encoder, Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Halves_of_characters_become_the_replacement_character(bool isHtmlSafe)
    {
        var encoder = isHtmlSafe ? JsonTextEncoder.HtmlSafe : JsonTextEncoder.Minimal;

        Assert.Equal("\"a\ufffdb\ufffd\"", Write(encoder, "a\ud83db\ude00"));
        Assert.Equal("\"\ufffd\"", Write(encoder, "\ud83d"));
        Assert.Equal("\"\ufffd\\\"\"", Write(encoder, "\ud83d\""));
        Assert.Equal("\"a\ufffdb\"", Write(encoder, [(byte)'a', 0xff, (byte)'b']));
        Assert.Equal("\"\ufffd\"", Write(encoder, [0xe2, 0x80]));
    }

    [Fact]
    public void A_character_at_a_time_is_written_the_same()
    {
        Span<char> written = stackalloc char[256];
        foreach (var encoder in new[] { JsonTextEncoder.Minimal, JsonTextEncoder.HtmlSafe })
        {
            var text = new StringBuilder("\"");
            foreach (var rune in Everything.EnumerateRunes())
            {
                Assert.Equal(System.Buffers.OperationStatus.Done, encoder.Encode(rune.ToString(), written, out _, out var length));
                Assert.Equal(encoder.WillEncode(rune.Value), length != rune.Utf16SequenceLength || written[0] != rune.ToString()[0]);
                text.Append(written[..length]);
            }

            Assert.Equal(Write(encoder, Everything), text.Append('"').ToString());
        }
    }

    private static Rune AnyRune(Random random) => random.Next(4) switch
    {
        0 => new Rune(random.Next(0x80)),
        1 => new Rune(random.Next(0x2000, 0x2100)),
        2 => new Rune(random.Next(0xd800)),
        _ => new Rune(random.Next(0x10000, 0x110000)),
    };

    private static string Write(JsonTextEncoder encoder, string text) => Write(encoder, json => json.WriteStringValue(text));

    private static string Write(JsonTextEncoder encoder, byte[] utf8) => Write(encoder, json => json.WriteStringValue(utf8));

    private static string Write(JsonTextEncoder encoder, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = encoder })) write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
