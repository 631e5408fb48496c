using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Chat;
using Nakama.Server.Notifications;
using Nakama.Server.Presence;

namespace Nakama.Tests.Chat;

/// <summary>The cursors of message histories and notifications.</summary>
public sealed class MessageCursorTests
{
    [Fact]
    public void Message_cursors_survive_the_round_trip()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<(Guid, Guid, Guid)>(),
            ArbMap.Default.ArbFor<(byte, bool, bool)>(),
            ArbMap.Default.ArbFor<(NonNull<string>, int)>(),
            (ids, flags, rest) =>
            {
                var label = new string([.. rest.Item1.Get.Where(char.IsLetterOrDigit)]);
                var stream = new StreamId(flags.Item1, ids.Item1, ids.Item2, label);
                var place = new MessagePlace(DateTime.UnixEpoch.AddSeconds(rest.Item2).AddTicks(10), ids.Item3);
                var cursor = new MessageCursor(stream, place, flags.Item2, flags.Item3);

                return MessageCursor.Parse(cursor.ToString()) == cursor
                    && MessageCursor.Parse(cursor.ToString().Replace('-', '+').Replace('_', '/')) == cursor;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Notification_cursors_survive_the_round_trip()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<int>(), (id, seconds) =>
        {
            var cursor = new NotificationCursor(DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(10), id);
            return NotificationCursor.Parse(cursor.ToString()) == cursor;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("bad")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    public void Other_texts_are_no_cursors(string text)
    {
        Assert.Null(MessageCursor.Parse(text));
        Assert.Null(NotificationCursor.Parse(text));
    }
}
