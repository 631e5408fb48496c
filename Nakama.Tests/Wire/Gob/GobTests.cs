using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Wire.Gob;

namespace Nakama.Tests.Wire.Gob;

/// <summary>The small part of Go's gob encoding that cursors are made of.</summary>
public sealed class GobTests
{
    // Made by the reference server for a user without notifications.
    private const string EmptyCursor =
        "S_-LAwEBG25vdGlmaWNhdGlvbkNhY2hlYWJsZUN1cnNvcgH_jAABAgEOTm90aWZpY2F0aW9uSUQBCgABCkNyZWF0ZVRpbWUBBAAAAAP_jAA";

    [Fact]
    public void The_reference_servers_empty_cursor_has_zero_values()
    {
        var record = GobCursor.Read(EmptyCursor);

        Assert.Equal(0, record.Number("CreateTime"));
        Assert.True(record.Bytes("NotificationID").IsEmpty);
    }

    [Fact]
    public void Our_empty_cursor_differs_from_the_reference_servers_in_nothing_but_type_numbers()
    {
        var reference = Convert.ToHexString(System.Buffers.Text.Base64Url.DecodeFromChars(EmptyCursor));
        var ours = Convert.ToHexString(new GobWriter("notificationCacheableCursor").Bytes("NotificationID", []).Number("CreateTime", 0).ToArray());

        Assert.Equal(reference.Replace("FF8B", "FF81").Replace("FF8C", "FF82"), ours);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<long>(),
            ArbMap.Default.ArbFor<NonNull<string>>(),
            ArbMap.Default.ArbFor<(uint, bool, byte[])>(),
            (number, text, rest) =>
            {
                var (unsigned, flag, bytes) = rest;
                var written = new GobWriter("sample").Number("Number", number).Text("Text", text.Get).Natural("Unsigned", unsigned)
                    .Bool("Flag", flag).Bytes("Bytes", bytes ?? []).ToArray();

                var record = GobReader.Read(written);

                return record.Number("Number") == number
                    && record.Text("Text") == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get))
                    && record.Number("Unsigned") == unsigned
                    && record.Bool("Flag") == flag
                    && record.Bytes("Bytes").Span.SequenceEqual(bytes ?? []);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bytes_that_are_no_gob_are_refused_and_nothing_else_happens()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsReadOrRefused(bytes ?? [])).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_cursor_with_any_byte_changed_or_its_end_cut_off_is_read_or_refused()
    {
        var whole = System.Buffers.Text.Base64Url.DecodeFromChars(EmptyCursor);
        for (var i = 0; i < whole.Length; i++)
        {
            Assert.True(IsReadOrRefused(whole[..i]));
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                var changed = whole.ToArray();
                changed[i] = (byte)value;
                Assert.True(IsReadOrRefused(changed));
            }
        }
    }

    [Fact]
    public void A_field_of_another_type_is_refused()
    {
        var record = GobReader.Read(new GobWriter("sample").Text("CreateTime", "now").ToArray());

        Assert.Throws<FormatException>(() => record.Number("CreateTime"));
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            GobReader.Read(bytes);
        }
        catch (FormatException)
        {
        }
        return true;
    }
}
