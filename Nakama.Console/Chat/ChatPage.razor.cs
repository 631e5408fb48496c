using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Editing;
using Nakama.Console.Shared;
using Nakama.Console.Tables;
using Nakama.Protocol.Api;
using ChannelKind = Nakama.Protocol.Console.ListChannelMessagesRequest.Types.Type;
using ListChannelMessagesRequest = Nakama.Protocol.Console.ListChannelMessagesRequest;

namespace Nakama.Console.Chat;

/// <summary>The messages of one channel, which the URL names.</summary>
public sealed partial class ChatPage
{
    private PagedTable<ChannelMessage>? _table;
    private string _type = "room";
    private string? _room;
    private string? _group;
    private string? _one;
    private string? _two;
    private string? _shown;

    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    [SupplyParameterFromQuery]
    public string? Room { get; set; }

    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    [SupplyParameterFromQuery]
    public string? User1 { get; set; }

    [SupplyParameterFromQuery]
    public string? User2 { get; set; }

    /// <summary>The channel in the URL; null when there is none.</summary>
    private ListChannelMessagesRequest? Wanted => Type switch
    {
        "group" when Group is not null => new() { Type = ChannelKind.Group, GroupId = Group },
        "direct" when User1 is not null && User2 is not null => new() { Type = ChannelKind.Direct, UserIdOne = User1, UserIdTwo = User2 },
        "room" or null when Room is not null => new() { Type = ChannelKind.Room, Label = Room },
        _ => null,
    };

    private BulkAction<ChannelMessage> Deletion => new("Delete", "messages", _ => true, (row, cancellationToken) => Chat.DeleteAsync(row.MessageId, cancellationToken));

    protected override void OnParametersSet()
    {
        var given = Navigation.Uri;
        if (_shown == given) return;
        _shown = given;
        (_type, _room, _group, _one, _two) = (Type ?? "room", Room, Group, User1, User2);
    }

    private void Apply() => Filter(
        ("type", _type),
        ("room", _type == "room" ? _room?.Trim() : null),
        ("group", _type == "group" ? _group?.Trim() : null),
        ("user1", _type == "direct" ? _one?.Trim() : null),
        ("user2", _type == "direct" ? _two?.Trim() : null));

    private async Task<TablePage<ChannelMessage>> LoadAsync(string cursor, CancellationToken cancellationToken)
    {
        var wanted = Wanted!;
        wanted.Cursor = cursor;
        var page = await Chat.ListAsync(wanted, cancellationToken);
        return new(page.Messages, page.NextCursor);
    }

    private async Task DeleteAsync(ChannelMessage row)
    {
        if (!await Dialogs.ConfirmDeleteAsync("Delete the message", $"The message of {row.Username} will be erased for good.")) return;
        if (await DoAsync("Deleted", () => Chat.DeleteAsync(row.MessageId, Closed))) await _table!.ReloadAsync();
    }

    private async Task DeleteOldAsync()
    {
        if (await Dialogs.OpenAsync<DeleteOldMessages>("Delete old messages") is not long total) return;
        Toasts.Add($"Deleted {Figures.Count(total)} messages", Severity.Success);
        if (_table is not null) await _table.ReloadAsync();
    }
}
