namespace Nakama.GameLogic.Functions;

/// <summary>Files in the folder of modules.</summary>
public interface IFiles
{
    /// <summary>Reads a file in the folder of modules.</summary>
    /// <param name="path">The path relative to the folder; it cannot leave the folder.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content as text.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("file_read")]
    Task<string> ReadAsync(string path, CancellationToken cancellationToken = default);
}
