using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Server.Storage;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Storage;

/// <summary>A node whose game logic has asked for indexes.</summary>
public class IndexedServer : IAsyncLifetime
{
    public const string Whole = "whole";
    public const string Only = "only";
    public const string Few = "few";
    public const string Filtered = "filtered";
    public const string OneKey = "one_key";

    public TestServer Server { get; private set; } = null!;

    public StorageStore Store => Server.Services.GetRequiredService<StorageStore>();

    /// <summary>The setting that decides which indexes are kept by Lucene.</summary>
    protected virtual int LuceneMinEntries => int.MaxValue;

    public async Task InitializeAsync() => Server = await StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public Task<TestServer> StartAsync(string? address = null) => TestServer.StartAsync(
        options => options with { Storage = options.Storage with { IndexLuceneMinEntries = LuceneMinEntries } },
        configure: builder => builder.Services.AddSingleton(Registry()), address: address);

    /// <summary>Writes on behalf of the server; the value is that of a JSON object's text.</summary>
    public ValueTask<StorageObjectAcks> WriteAsync(string collection, string key, Guid ownerId, string value, short read = 2) =>
        Store.WriteAsync([new StorageWrite(new(collection, key, ownerId), value, "", read, 1)], isAuthoritative: true, CancellationToken.None);

    public ValueTask<StorageObjectList> ListAsync(
        string index, string query = "", int limit = 100, string[]? order = null, Guid? reader = null, string cursor = "") =>
        Server.Services.GetRequiredService<StorageIndexSearch>().ListAsync(index, query, limit, order ?? [], reader, cursor, CancellationToken.None);

    public async Task<string> KeysAsync(string index, string query = "", string[]? order = null, Guid? reader = null) =>
        string.Join(' ', (await ListAsync(index, query, order: order ?? ["value.level"], reader: reader)).Objects.Select(item => item.Key));

    private static StorageIndexRegistry Registry()
    {
        var registry = new StorageIndexRegistry();
        registry.Define(new(Whole, Whole, "", ["name", "level", "tags", "born", "flag", "deep"], ["level", "name"], 1000, IndexOnly: false));
        registry.Define(new(Only, Only, "", ["level", "name"], ["level"], 1000, IndexOnly: true));
        registry.Define(new(Few, Few, "", ["level"], ["level"], 10, IndexOnly: false));
        registry.Define(new(Filtered, Filtered, "", ["level"], ["level"], 1000, IndexOnly: false));
        registry.Define(new(OneKey, OneKey, "best", ["level"], ["level"], 1000, IndexOnly: false));
        registry.Filter(Filtered, static (write, _) => write.Value.Contains("broken", StringComparison.Ordinal)
            ? throw new InvalidOperationException("broken")
            : new(!write.Value.Contains("skip", StringComparison.Ordinal)));
        return registry;
    }
}

/// <summary>The same with all of them kept by Lucene.</summary>
public sealed class LuceneIndexedServer : IndexedServer
{
    protected override int LuceneMinEntries => 1;
}
