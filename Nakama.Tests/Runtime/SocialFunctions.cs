using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>What game logic does with friends, groups, channels and notifications.</summary>
public sealed class SocialFunctions(ScriptedNode node) : IClassFixture<ScriptedNode>
{
    private const string Nobody = "00112233-4455-6677-8899-aabbccddeeff";
    private const string SystemUser = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task Two_invitations_make_friends_and_notes_about_them_are_kept()
    {
        var (a, b) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal($$$"""[1,2,0,{"since":1},{"since":2},"{{{b.Username}}}"]""", await node.RunAsync($$"""
            nk.friends_add('{{a.UserId}}', '{{a.Username}}', { '{{b.UserId}}' }, nil, { since = 1 })
            local sent, received = nk.friends_list('{{a.UserId}}', 10)[1], nk.friends_list('{{b.UserId}}', 10, -1)[1]
            nk.friends_add('{{b.UserId}}', '{{b.Username}}', nil, { '{{a.Username}}' })
            local friend = nk.friends_list('{{a.UserId}}', 10, 0)[1]
            nk.friend_metadata_update('{{a.UserId}}', '{{b.UserId}}', { since = 2 })
            local noted = nk.users_get_friend_status('{{a.UserId}}', { '{{b.UserId}}', '{{Nobody}}' })[1]
            return { sent.state, received.state, friend.state, friend.metadata, noted.metadata, noted.user.username }
            """));
    }

    [Fact]
    public async Task Friends_end_and_blocks_stay()
    {
        var (a, b, c) = (await PlayerAsync(), await PlayerAsync(), await PlayerAsync());

        Assert.Equal("[true,1,0,3,0]", await node.RunAsync($$"""
            for _, id in ipairs({ '{{b.UserId}}', '{{c.UserId}}' }) do nk.friends_add('{{a.UserId}}', '{{a.Username}}', { id }) end
            local first, cursor = nk.friends_list('{{a.UserId}}', 1)
            local rest, last = nk.friends_list('{{a.UserId}}', 1, nil, cursor)
            if last then return last end
            nk.friends_delete('{{a.UserId}}', '{{a.Username}}', { '{{b.UserId}}' }, { '{{c.Username}}' })
            local none = #nk.friends_list('{{a.UserId}}')
            nk.friends_block('{{a.UserId}}', '{{a.Username}}', { '{{b.UserId}}' })
            return { cursor ~= nil, #rest, none, nk.friends_list('{{a.UserId}}')[1].state, #nk.friends_of_friends_list('{{a.UserId}}') }
            """));
    }

    [Fact]
    public async Task Who_is_in_between_is_told_of_friends_of_friends()
    {
        var (a, b, c) = (await PlayerAsync(), await PlayerAsync(), await PlayerAsync());

        Assert.Equal($"""["{b.UserId}","{c.UserId}"]""", await node.RunAsync($$"""
            local function befriend(x, y) nk.friends_add(x, 'x', { y }) nk.friends_add(y, 'y', { x }) end
            befriend('{{a.UserId}}', '{{b.UserId}}') befriend('{{b.UserId}}', '{{c.UserId}}')
            local row = nk.friends_of_friends_list('{{a.UserId}}', 1)[1]
            return { row.referrer, row.user.user_id }
            """));
    }

    [Theory]
    [InlineData("nk.friends_add('" + Nobody + "', 'me', { '" + Nobody + "' })", "bad argument #3 to friends_add (cannot add self as friend)")]
    [InlineData("nk.friends_add('" + Nobody + "', 'me', nil, { 'me' })", "bad argument #4 to friends_add (cannot add self as friend)")]
    [InlineData("nk.friends_add('" + Nobody + "', 'me', { '" + SystemUser + "' })", "bad argument #3 to friends_add (each user id must be a valid id string)")]
    [InlineData("nk.friends_add('" + Nobody + "', 'me', {})", "no valid ID or username was provided")]
    [InlineData("nk.friends_add('" + Nobody + "', '')", "bad argument #2 to friends_add (expects username string)")]
    [InlineData("nk.friends_add('x', 'me')", "bad argument #1 to friends_add (expects user ID to be a valid identifier)")]
    [InlineData("nk.friends_delete('" + Nobody + "', 'me', { '" + Nobody + "' })", "bad argument #3 to friends_delete (cannot delete self)")]
    [InlineData("nk.friends_delete('" + Nobody + "', 'me', nil, { 'no such name' })", "error deleting friends: no valid ID or username was provided")]
    [InlineData("nk.friends_block('" + Nobody + "', 'me', { '" + Nobody + "' })", "bad argument #3 to friends_block (cannot block self)")]
    [InlineData("nk.friends_list('" + Nobody + "', 1001)", "bad argument #2 to friends_list (expects limit to be 1-1000)")]
    [InlineData("nk.friends_list('" + Nobody + "', 1, 4)", "bad argument #3 to friends_list (expects state to be 0-3)")]
    [InlineData("nk.friends_list('" + Nobody + "', 1, nil, 'x')", "error while trying to list friends for a user: cursor is invalid")]
    [InlineData("nk.group_create('x', 'name')", "bad argument #1 to group_create (expects user ID to be a valid identifier)")]
    [InlineData("nk.group_create('" + Nobody + "', '')", "bad argument #2 to group_create (expects group name not be empty)")]
    [InlineData("nk.group_create('" + Nobody + "', 'n', nil, nil, nil, nil, nil, nil, 0)", "bad argument #9 to group_create (expects max_count to be >= 1)")]
    [InlineData("nk.group_update('" + Nobody + "', nil, 'n')", "error while trying to update group: group not updated")]
    [InlineData("nk.group_update('" + Nobody + "')", "error while trying to update group: no group updates")]
    [InlineData("nk.group_update('" + Nobody + "', '" + Nobody + "', 'n')", "error while trying to update group: group permission denied")]
    [InlineData("nk.group_delete('" + Nobody + "')", "error while trying to delete group: group not found")]
    [InlineData("nk.group_user_join('" + Nobody + "', '" + Nobody + "', 'n')", "error while trying to join a group: group not found")]
    [InlineData("nk.group_users_add('" + Nobody + "', { '" + Nobody + "' })", "error while trying to add users into a group: group not found")]
    [InlineData("nk.group_users_ban('" + Nobody + "', { '" + Nobody + "' }, '" + Nobody + "')", "error while trying to add users into a group: group permission denied")]
    [InlineData("nk.group_users_kick('" + Nobody + "', { '" + SystemUser + "' })", "bad argument #2 to group_users_kick (cannot kick the root user)")]
    [InlineData("nk.group_users_list('" + Nobody + "', 1, 5)", "bad argument #3 to group_users_list (expects state to be 0-4)")]
    [InlineData("nk.user_groups_list('" + Nobody + "', 101)", "bad argument #2 to user_groups_list (expects limit to be 1-100)")]
    [InlineData("nk.groups_list('a')", "bad argument #3 to groups_list (value expected)")]
    [InlineData("nk.groups_list('a', 'en', nil)", "error listing groups: name filter cannot be combined with any other filter")]
    [InlineData("nk.groups_get_random(-1)", "bad argument #1 to groups_get_random (count must be 0-1000)")]
    [InlineData("nk.channel_message_send('x')", "error converting channel identifier to stream: invalid channel id")]
    [InlineData("nk.channel_message_update('2...r', 'x')", "bad argument #2 to channel_message_update (Invalid message identifier)")]
    [InlineData("nk.channel_message_remove('2...r', '" + Nobody + "', nil, nil, true)", "failed to remove channel message: Could not find message to remove in channel history")]
    [InlineData("nk.channel_messages_list('2...r', 101)", "bad argument #2 to channel_messages_list (expects limit to be 1-100)")]
    [InlineData("nk.channel_messages_list('2...r', 1, true, 'x')", "failed to list channel messages: Cursor is invalid or expired.")]
    [InlineData("nk.channel_id_build(nil, '" + Nobody + "', 3)", "bad argument #1 to channel_id_build (Group not found: Invalid channel target)")]
    [InlineData("nk.notifications_send({ { user_id = '" + Nobody + "', subject = 's', content = {}, code = 0 } })", "bad argument #1 to notifications_send (expects code to number above 0)")]
    [InlineData("nk.notifications_send({ { user_id = 'x', subject = 's', content = {}, code = 1 } })", "bad argument #1 to notifications_send (expects user_id to be a valid ID)")]
    [InlineData("nk.notification_send_all('s', {}, 0)", "bad argument #3 to notification_send_all (expects code number to be a positive integer)")]
    [InlineData("nk.notifications_list('" + Nobody + "', 0)", "bad argument #2 to notifications_list (expects limit to be value between 1 and 1000)")]
    [InlineData("nk.notifications_list('" + Nobody + "', 1, 'x')", "failed to retrieve notifications: cursor is invalid")]
    [InlineData("nk.notifications_update({ { id = '" + Nobody + "', subject = '' } })", "bad argument #1 to notifications_update (expects subject to be a non-empty string)")]
    [InlineData("nk.notifications_delete_id({ 'x' })", "bad argument #1 to notifications_delete_id (expects each notification id to be a valid UUID)")]
    public async Task What_cannot_be_done_is_told(string code, string message) => Assert.Equal(message, await node.FailAsync(code));

    [Fact]
    public async Task Without_anybody_named_nothing_happens() => Assert.Equal("null", await node.RunAsync(
        $"nk.friends_add('{Nobody}', 'me') nk.friends_delete('{Nobody}', 'me') nk.friends_block('{Nobody}', 'me') nk.group_users_add('{Nobody}', {{}})"));

    [Fact]
    public async Task A_group_is_made_changed_found_and_deleted()
    {
        var (owner, name) = (await PlayerAsync(), Unique.Name("g"));

        Assert.Equal($$$"""["{{{name}}}","it","said",true,5,1,{"a":1},"{{{SystemUser}}}"]""", await node.RunAsync($$"""
            local g = nk.group_create('{{owner.UserId}}', '{{name}}', nil, 'it', 'said', nil, true, { a = 1 }, 5)
            return { g.name, g.lang_tag, g.description, g.open, g.max_count, g.edge_count, g.metadata, g.creator_id }
            """));
        Assert.Equal("error while trying to create group: group name in use", await node.FailAsync($"nk.group_create('{owner.UserId}', '{name}')"));
        Assert.Equal($$"""[true,"said",7,"de","found",1,0]""", await node.RunAsync($$"""
            local id = nk.groups_list('{{name}}', nil, nil)[1].id
            nk.group_update(id, nil, '', nil, 'de', '', nil, nil, nil, 7)
            local g = nk.groups_get_id({ id, '{{Nobody}}' })[1]
            local same = nk.groups_list('{{name[..6]}}%{{name[6..]}}', '', nil, nil, 1)[1]
            local mine = nk.user_groups_list('{{owner.UserId}}')[1]
            nk.group_delete(id)
            return { g.open, g.description, g.max_count, g.lang_tag, same.id == id and mine.state == 0 and mine.group.id == id and 'found' or 'lost', #nk.groups_get_random(0) + 1, #nk.groups_get_id({ id }) }
            """));
    }

    [Fact]
    public async Task Members_come_rise_fall_and_go()
    {
        var (owner, a, b) = (await PlayerAsync(), await PlayerAsync(), await PlayerAsync());

        Assert.Equal("[3,1,2,2,1,4,true]", await node.RunAsync($$"""
            local id = nk.group_create('{{owner.UserId}}', '{{Unique.Name("g")}}').id
            local function state(user)
              for _, s in ipairs({ 0, 1, 2, 3, 4 }) do
                for _, row in ipairs(nk.group_users_list(id, 10, s)) do if row.user.user_id == user then return row.state end end
              end
              return -1
            end
            nk.group_user_join(id, '{{a.UserId}}', '{{a.Username}}')
            local asked = state('{{a.UserId}}')
            nk.group_users_add(id, { '{{a.UserId}}', '{{b.UserId}}' })
            nk.group_users_promote(id, { '{{a.UserId}}' }, '{{owner.UserId}}')
            local risen = state('{{a.UserId}}')
            nk.group_users_demote(id, { '{{a.UserId}}' })
            local fallen = state('{{a.UserId}}')
            local first, cursor = nk.group_users_list(id, 2)
            local rest = nk.group_users_list(id, 2, nil, cursor)
            nk.group_users_kick(id, { '{{b.UserId}}' })
            nk.group_users_ban(id, { '{{a.UserId}}' })
            local banned = state('{{a.UserId}}')
            nk.group_user_leave(id, '{{owner.UserId}}', '{{owner.Username}}')
            return { asked, risen, fallen, #first, #rest, banned, #nk.groups_get_id({ id }) == 0 }
            """));
    }

    [Fact]
    public async Task The_last_superadmin_stays()
    {
        var (owner, member) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal("error while trying to leave a group: user is last group superadmin", await node.FailAsync(
            $"local id = nk.group_create('{owner.UserId}', '{Unique.Name("g")}').id nk.group_users_add(id, {{ '{member.UserId}' }}) nk.group_user_leave(id, '{owner.UserId}', 'x')"));
    }

    [Fact]
    public async Task Messages_are_written_changed_listed_and_removed()
    {
        var (player, room) = (await PlayerAsync(), Unique.Name("room"));

        Assert.Equal($$"""["2...{{room}}",true,false,"{\"n\": 2}","{{room}}",1,true,0]""", await node.RunAsync($$"""
            local channel = nk.channel_id_build(nil, '{{room}}', 1)
            local kept = nk.channel_message_send(channel, { n = 1 }, '{{player.UserId}}', 'name', true)
            local passing = nk.channel_message_send(channel, { n = 9 })
            nk.channel_message_update(channel, kept.messageId, { n = 2 }, '{{player.UserId}}', 'name', true)
            nk.channel_message_send(channel, {}, '{{player.UserId}}', 'name', true)
            local first, next = nk.channel_messages_list(channel, 1)
            local second, none, previous = nk.channel_messages_list(channel, 1, true, next)
            if none then return none end
            for _, m in ipairs(nk.channel_messages_list(channel)) do nk.channel_message_remove(channel, m.messageId, '{{player.UserId}}', nil, true) end
            return { channel, kept.persistent, passing.persistent, first[1].content, first[1].roomName, #second, previous ~= nil, #nk.channel_messages_list(channel) }
            """));
        Assert.Equal("failed to update channel message: Could not find message to update in channel history", await node.FailAsync(
            $"local m = nk.channel_message_send('2...{room}', {{}}, '{player.UserId}', 'n', true) nk.channel_message_update('2...{room}', m.messageId, {{}}, '{Nobody}', 'n', true)"));
    }

    [Fact]
    public async Task Channels_have_one_id_from_either_side()
    {
        var (a, b) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal("true", await node.RunAsync(
            $"return nk.channel_id_build('{a.UserId}', '{b.UserId}', 2) == nk.channel_id_build('{b.UserId}', '{a.UserId}', 2)"));
        Assert.Equal("true", await node.RunAsync(
            $"local id = nk.group_create('{a.UserId}', '{Unique.Name("g")}').id return nk.channel_id_build(nil, id, 3) == '3.' .. id .. '..' and nk.channel_id_build('{a.UserId}', id, 3) == '3.' .. id .. '..'"));
    }

    [Fact]
    public async Task Notifications_are_sent_listed_changed_and_deleted()
    {
        var (a, b) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal($$$"""["one","two",{"n":1},"{{{b.UserId}}}",{"n":3},true,1,0]""", await node.RunAsync($$"""
            local a, b = '{{a.UserId}}', '{{b.UserId}}'
            nk.notifications_send({
              { user_id = a, subject = 'one', content = { n = 1 }, code = 5, persistent = true },
              { user_id = a, subject = 'two', content = { n = 2 }, code = 6, sender_id = b, persistent = true },
              { user_id = a, subject = 'lost', content = {}, code = 7 } })
            local first, cursor = nk.notifications_list(a, 1)
            local second, last = nk.notifications_list(a, 10, cursor)
            local none, gone = nk.notifications_list(a, 10, last)
            if gone then return gone end
            local subjects = {}
            for _, n in ipairs({ first[1], second[1] }) do subjects[n.subject] = n.id end
            nk.notifications_update({ { id = subjects.one, sender = b }, { id = subjects.two, content = { n = 3 } } })
            local one = nk.notifications_get_id({ subjects.one }, a)[1]
            local two = nk.notifications_get_id({ subjects.two })[1]
            local foreign = #nk.notifications_get_id({ subjects.one }, b) == 0
            nk.notifications_delete({ { user_id = b, notification_id = subjects.one }, { user_id = a, notification_id = subjects.two } })
            local left = #nk.notifications_list(a)
            nk.notifications_delete_id({ subjects.one }, a)
            return { one.subject, two.subject, one.content, one.sender_id, two.content, foreign, left, #nk.notifications_list(a) }
            """));
    }

    [Fact]
    public async Task A_notification_for_all_reaches_open_sockets_and_is_not_kept()
    {
        var player = await PlayerAsync();
        await using var socket = await node.Server.Server.OpenSocketAsync(player);
        var subject = Unique.Name("all");

        await node.RunAsync($"nk.notification_send_all('{subject}', {{ x = 1 }}, 9)");

        string? heard;
        do heard = (await socket.ReceiveAsync("notifications")).GetProperty("notifications")[0].GetProperty("subject").GetString();
        while (heard != subject);
        Assert.Equal("0", await node.RunAsync($"return #nk.notifications_list('{player.UserId}')"));
    }

    [Fact]
    public async Task A_session_hears_of_those_whom_it_is_made_to_follow()
    {
        var (follower, followed) = (await PlayerAsync(), await PlayerAsync());
        await using var listening = await node.Server.Server.OpenSocketAsync(follower);
        var session = await node.Server.CallAsync(follower, "run", "return nk.stream_user_list({ mode = 0, subject = ctx.user_id })[1].session_id");

        await node.RunAsync($"nk.status_follow({session}, {{ '{followed.UserId}' }}) nk.status_follow('{Nobody}', {{ '{followed.UserId}' }})");
        await using var seen = await node.Server.Server.OpenSocketAsync(followed, status: true);

        await listening.ReceiveAsync("status_presence_event");
        Assert.Equal("bad argument #2 to status_unfollow (invalid user ids list)", await node.FailAsync($"nk.status_unfollow({session}, {{}})"));
        Assert.Equal("bad argument #2 to status_follow (each user id must be a valid id)", await node.FailAsync($"nk.status_follow({session}, {{ 'x' }})"));
    }

    private Task<TestPlayer> PlayerAsync() => node.Server.Server.AuthenticateAsync();
}
