using System.Text;

namespace Nakama.Server.Storage;

/// <summary>
/// The order in which the objects of every request are accessed, so that two requests cannot deadlock: collection, key and
/// owner, byte by byte.
/// </summary>
internal sealed class StorageOrder : IComparer<StorageId>
{
    public static readonly StorageOrder Instance = new();

    public int Compare(StorageId x, StorageId y)
    {
        var collections = CompareBytes(x.Collection, y.Collection);
        if (collections != 0) return collections;
        var keys = CompareBytes(x.Key, y.Key);
        return keys != 0 ? keys : string.CompareOrdinal(x.OwnerId.ToString(), y.OwnerId.ToString());
    }

    /// <summary>The indexes of the objects in that order; equal ones keep the order of the request.</summary>
    public static int[] Sort<T>(IReadOnlyList<T> operations, Func<T, StorageId> idOf) =>
        [.. Enumerable.Range(0, operations.Count).OrderBy(i => idOf(operations[i]), Instance)];

    private static int CompareBytes(string x, string y) =>
        Ascii.IsValid(x) && Ascii.IsValid(y)
            ? string.CompareOrdinal(x, y)
            : Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
}
