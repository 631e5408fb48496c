using Nakama.Server.Lifecycle;
using Nakama.Server.Search.Text;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>Opens the files of the index below the data folder of the node.</summary>
internal sealed class FullTextFolder(NodeInfo node, TimeProvider time, ILogger<FullTextFolder> log)
{
    private const string ContentKey = "content";

    // Nodes that share a data folder and a name have a folder each.
    private const int MaxFolders = 16;

    /// <summary>Whether this node has had an index.</summary>
    public bool Exists => Directory.Exists(FolderOf(1));

    /// <summary>Opens an index of this content; what is in the folder of another one is deleted.</summary>
    /// <param name="content">What the index is of: the database, and the formats of its rows.</param>
    /// <exception cref="IOException">All folders are in use.</exception>
    public TextIndex Open(string content)
    {
        for (var number = 1; number <= MaxFolders; number++)
        {
            var folder = FolderOf(number);
            if (TryOpen(folder) is not { } opened) continue;
            try
            {
                if (opened.State.GetValueOrDefault(ContentKey) != content)
                {
                    opened.Clear();
                    opened.State.Clear();
                    opened.State[ContentKey] = content;
                    opened.Commit();
                    opened.Refresh();
                }
            }
            catch (TextIndexException)
            {
                opened.Dispose();
                TextIndex.Delete(folder);
                throw;
            }

            FullTextLog.Opened(log, folder, opened.Count);
            return opened;
        }

        throw new IOException($"All folders of the full-text index below {node.DataFolder} are in use.");
    }

    private TextIndex? TryOpen(string folder)
    {
        try
        {
            return TextIndex.TryOpen(folder, time);
        }
        catch (TextIndexException e)
        {
            FullTextLog.Damaged(log, e);
            TextIndex.Delete(folder);
            return TextIndex.TryOpen(folder, time);
        }
    }

    private string FolderOf(int number)
    {
        // With a prefix, so that no name leads to another folder.
        var name = "node-" + Uri.EscapeDataString(node.Name);
        return Path.Combine(node.DataFolder, "console-search", number == 1 ? name : $"{name}.{number}");
    }
}
