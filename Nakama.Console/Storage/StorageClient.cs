using Nakama.Console.Nodes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;

namespace Nakama.Console.Storage;

/// <summary>The storage methods of the node's console API.</summary>
public sealed class StorageClient(NodeClient node)
{
    private const string Root = "/storage";

    public Task<StorageCollectionsList> ListCollectionsAsync(CancellationToken cancellationToken) =>
        node.GetAsync<StorageCollectionsList>(NodePath.Of(Root, "collections"), cancellationToken);

    /// <param name="collection">Empty for all.</param>
    /// <param name="key">A key, or the start of keys followed by <c>%</c>; empty for all.</param>
    /// <param name="userId">Empty for all.</param>
    /// <param name="cursor">Where the page starts; empty for the first one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<StorageList> ListAsync(string collection, string key, string userId, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<StorageList>(
            NodePath.Of(Root).With(("collection", collection), ("key", key), ("user_id", userId), ("cursor", cursor)), cancellationToken);

    public Task<StorageObject> GetAsync(string collection, string key, string userId, CancellationToken cancellationToken) =>
        node.GetAsync<StorageObject>(NodePath.Of(Root, collection, key, userId), cancellationToken);

    /// <summary>Writes an object if it still has the version, or, with the version <c>*</c>, if there is none.</summary>
    public Task<StorageObjectAck> WriteAsync(WriteStorageObjectRequest written, CancellationToken cancellationToken) =>
        node.PutAsync<StorageObjectAck>(NodePath.Of(Root, written.Collection, written.Key, written.UserId), written, cancellationToken);

    /// <param name="collection">The collection.</param>
    /// <param name="key">The key.</param>
    /// <param name="userId">The owner; empty for the system.</param>
    /// <param name="version">The version that is deleted, and no other.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteAsync(string collection, string key, string userId, string version, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, collection, key, userId.Length > 0 ? userId : Guid.Empty.ToString(), version), cancellationToken);
}
