using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Console.Tables;
using Nakama.Protocol.Console;

namespace Nakama.Console.Storage;

/// <summary>Storage objects, of all players or of one; its filters are part of the URL.</summary>
public sealed partial class StorageTable
{
    private const int ShortVersion = 8;

    private PagedTable<StorageListObject>? _table;
    private IReadOnlyList<string> _collections = [];
    private string? _collection;
    private string? _key;
    private string? _user;
    private string? _shown;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The player whose objects are shown; null for all.</summary>
    [Parameter]
    public string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "collection")]
    public string? Collection { get; set; }

    [SupplyParameterFromQuery(Name = "key")]
    public string? Key { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    public string? User { get; set; }

    private string? Owner => UserId ?? User;

    private bool IsFiltered => Collection is not null || Key is not null || (UserId is null && User is not null);

    private BulkAction<StorageListObject> Deletion => new(
        "Delete", "objects", _ => true,
        (row, cancellationToken) => Storage.DeleteAsync(row.Collection, row.Key, row.UserId, row.Version, cancellationToken));

    protected override void OnParametersSet()
    {
        var given = $"{Collection}\n{Key}\n{User}";
        if (_shown == given) return;
        (_shown, _collection, _key, _user) = (given, Collection, Key, User);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _collections = (await Storage.ListCollectionsAsync(Closed)).Collections;
            StateHasChanged();
        }
        catch (Exception error) when (error is NodeException or OperationCanceledException)
        {
            // The names are only offered; the table itself shows that the node does not answer.
        }
    }

    private static string PathOf(StorageListObject row) => StorageObjectPage.PathOf(row.Collection, row.Key, row.UserId);

    private static string Short(string version) => version.Length > ShortVersion ? version[..ShortVersion] : version;

    private void Apply() => Filter(("collection", _collection?.Trim()), ("key", _key?.Trim()), ("user", _user?.Trim()));

    private void Clear() => Filter(("collection", null), ("key", null), ("user", null));

    private async Task<TablePage<StorageListObject>> LoadAsync(string cursor, CancellationToken cancellationToken)
    {
        // The node has no search for a key without its collection.
        if (Collection is null && Key is not null) throw new NodeException(NodeException.InvalidArgument, "A key is searched within a collection: name the collection too.");
        var page = await Storage.ListAsync(Collection ?? "", Key ?? "", Owner ?? "", cursor, cancellationToken);
        return new(page.Objects, page.NextCursor, IsFiltered || Owner is not null ? null : page.TotalCount);
    }

    private async Task DeleteAsync(StorageListObject row)
    {
        if (!await Dialogs.ConfirmDeleteAsync("Delete the object", $"{row.Collection} / {row.Key} will be erased for good.")) return;
        if (await DoAsync("Deleted", () => Storage.DeleteAsync(row.Collection, row.Key, row.UserId, row.Version, Closed))) await _table!.ReloadAsync();
    }
}
