using System.Reflection;
using System.Runtime.Loader;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>
/// The assemblies of one module. Its dependencies come from its own folder, so that two modules may use different versions of a
/// library; what modules and the server share comes from the server.
/// </summary>
/// <remarks>Files are read into memory, so that they can be replaced while the server runs.</remarks>
internal sealed class GameLoadContext : AssemblyLoadContext
{
    private static readonly string[] Shared =
    [
        "Nakama.GameLogic", "Nakama.Protocol", "Google.Protobuf", "Npgsql", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Options",
    ];

    private readonly string _folder;
    private readonly AssemblyDependencyResolver? _dependencies;

    /// <param name="path">The assembly of the module.</param>
    /// <param name="isCollectible">Whether it can be unloaded.</param>
    public GameLoadContext(string path, bool isCollectible)
        : base(path, isCollectible)
    {
        _folder = Path.GetDirectoryName(path)!;
        if (File.Exists(Path.ChangeExtension(path, ".deps.json"))) _dependencies = new AssemblyDependencyResolver(path);
    }

    public Assembly Read(string path)
    {
        using var assembly = new MemoryStream(File.ReadAllBytes(path));
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols)) return LoadFromStream(assembly);
        using var debugging = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(assembly, debugging);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.Contains(assemblyName.Name)) return null;
        var path = _dependencies?.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? Read(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) => _dependencies?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
        ? LoadUnmanagedDllFromPath(path)
        : 0;
}
