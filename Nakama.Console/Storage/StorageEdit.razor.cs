using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;

namespace Nakama.Console.Storage;

/// <summary>
/// Writes a storage object: shows the difference first, and writes only over the version that was read, so that the second
/// of two operators is told of the first. Its result is the object.
/// </summary>
public sealed partial class StorageEdit(StorageClient storage) : PanelForm
{
    private const string OnlyNew = "*";

    private StorageObject? _theirs;
    private string _collection = "";
    private string _key = "";
    private string _user = "";
    private string _value = "{\n}";
    private int _read = 1;
    private int _write = 1;
    private bool _isReviewed;

    /// <summary>The object that is changed; null to create one.</summary>
    [Parameter]
    public StorageObject? Stored { get; set; }

    protected override bool IsChanged => Stored is { } stored
        ? _value != JsonText.Pretty(stored.Value) || _read != stored.PermissionRead || _write != stored.PermissionWrite
        : _collection.Length > 0 || _key.Length > 0 || JsonText.Pretty(_value) != JsonText.Pretty("{}");

    private string Before => (_theirs ?? Stored) is { } old ? JsonText.Pretty(old.Value) : "";

    private string After => JsonText.Pretty(_value);

    protected override void OnInitialized()
    {
        if (Stored is null) return;
        (_collection, _key, _user) = (Stored.Collection, Stored.Key, Stored.UserId);
        Use(Stored);
    }

    private void Use(StorageObject stored) => (_value, _read, _write) = (JsonText.Pretty(stored.Value), stored.PermissionRead, stored.PermissionWrite);

    private void TakeTheirs()
    {
        Use(_theirs!);
        (Stored, _theirs, _isReviewed, Error) = (_theirs, null, false, null);
    }

    private string? Refusal() =>
        string.IsNullOrWhiteSpace(_collection) ? "The collection must not be empty."
        : string.IsNullOrWhiteSpace(_key) ? "The key must not be empty."
        : _user.Length > 0 && !Guid.TryParse(_user, out _) ? "This is no user id."
        : JsonText.ObjectError(_value) is { } error ? $"Value: {error}"
        : Stored is not null && !IsChanged ? "Nothing has been changed."
        : null;

    private async Task SaveAsync()
    {
        Error = Refusal();
        if (Error is not null) return;
        if (!_isReviewed)
        {
            _isReviewed = true;
            return;
        }

        await SaveAsync(null, WriteAsync);
    }

    private async Task<object?> WriteAsync()
    {
        var written = new WriteStorageObjectRequest
        {
            Collection = _collection,
            Key = _key,
            UserId = _user.Length > 0 ? _user : Guid.Empty.ToString(),
            Value = _value,
            Version = (_theirs ?? Stored)?.Version ?? OnlyNew,
            PermissionRead = _read,
            PermissionWrite = _write,
        };
        try
        {
            await storage.WriteAsync(written, CancellationToken.None);
        }
        catch (NodeException) when (Stored is not null)
        {
            await FindTheirsAsync(written);
            throw;
        }

        return new StorageObject { Collection = written.Collection, Key = written.Key, UserId = written.UserId };
    }

    /// <summary>Finds out whether the node refused because the object has another version by now.</summary>
    private async Task FindTheirsAsync(WriteStorageObjectRequest written)
    {
        try
        {
            var now = await storage.GetAsync(written.Collection, written.Key, written.UserId, CancellationToken.None);
            if (now.Version != written.Version) _theirs = now;
        }
        catch (NodeException)
        {
            // The object is gone or the node does not answer: its first answer is shown.
        }
    }
}
