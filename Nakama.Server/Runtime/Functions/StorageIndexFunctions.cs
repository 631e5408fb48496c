using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Searches storage objects by content.</summary>
internal sealed class StorageIndexFunctions(StorageIndexSearch search) : IFunctionModule
{
    private const int DefaultPage = 100;

    public string Name => "Storage indexes";

    public void Describe(FunctionGroup functions) =>
        functions.Function("storage_index_list", "A page of the objects of an index that a query finds, ordered by fields such as `-value.level`.")
            .Text("index_name", "expects a non empty string").Text("query").OptionalWhole("limit", DefaultPage).Table("order").Array("expects an array of strings")
            .OptionalId("caller_id", new("expects caller_id to be empty or a valid user ID", "expects caller id to be valid identifier"))
            .OptionalText("cursor", "").Returns("objects", "cursor").Does(ListAsync);

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var limit = call.Whole(2);
        if (limit is < 1 or > StorageIndexSearch.MaxPageSize) throw call.Refuse(2, new("invalid limit: expects value 1-10000", "limit must be 1-10000"));
        var order = call.Texts(3, "expects order to be a list of strings");
        var page = await search.ListAsync(call.Text(0), call.Text(1), (int)limit, order, call.IdOrNull(4), call.Text(5), cancellationToken)
            .OrFaultAsync(new("error in storage index list", "failed to lookup storage index"));
        return ScriptValue.Results(
            ScriptValue.Of(page.Objects.Select(StorageFunctions.Of).ToList()),
            ScriptValue.Of(page.Cursor.Length == 0 ? null : page.Cursor));
    }
}
