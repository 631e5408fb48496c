using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Nakama.GameLogic;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>
/// The assemblies in the folder of modules. One that has a public class which implements <see cref="IGameModule"/> is a module,
/// with a load context of its own; the others are dependencies.
/// </summary>
internal sealed class GameAssemblies(RuntimeOptions options)
{
    public const string Extension = ".dll";

    private static readonly AssemblyName Contract = typeof(IGameModule).Assembly.GetName();

    /// <summary>The classes of all modules, in the order of their files.</summary>
    /// <exception cref="StartupException">A module cannot be loaded; the message says which and why.</exception>
    public IReadOnlyList<GameAssembly> Load()
    {
        var modules = new List<GameAssembly>();
        foreach (var path in Find(options.Path))
        {
            if (ModuleOf(path) is { } module)
                modules.Add(new GameAssembly(module, new ModuleFile(Path.GetRelativePath(options.Path, path), File.GetLastWriteTimeUtc(path))));
        }

        return modules;
    }

    /// <summary>The assemblies that refer to the contract of modules, whose versions fit.</summary>
    /// <exception cref="StartupException">The version of a module does not fit.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        var paths = new List<string>();
        foreach (var path in ModuleFiles.Find(folder, Extension))
        {
            if (ContractOf(path) is not { } version) continue;
            if (version.Major != Contract.Version!.Major || version.Minor > Contract.Version.Minor) throw Misfit(path, version);
            paths.Add(path);
        }

        return paths;
    }

    private Type? ModuleOf(string path)
    {
        try
        {
            var assembly = new GameLoadContext(path, options.HotReload).Read(path);
            var types = assembly.GetExportedTypes().Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGameModule))).ToList();
            return types.Count <= 1
                ? types.SingleOrDefault()
                : throw new StartupException($"The module {path} has {types.Count} public classes that implement {nameof(IGameModule)}: {string.Join(", ", types)}. It must have one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new StartupException($"The module {path} cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>The version of the contract to which an assembly refers; null when it does not, or is no assembly.</summary>
    private static Version? ContractOf(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata) return null;
            var metadata = file.GetMetadataReader();
            foreach (var handle in metadata.AssemblyReferences)
            {
                var reference = metadata.GetAssemblyReference(handle);
                if (metadata.StringComparer.Equals(reference.Name, Contract.Name!)) return reference.Version;
            }

            return null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The module {path} cannot be read: {e.Message}", e);
        }
    }

    private static StartupException Misfit(string path, Version version) => new(
        $"The module {path} was built with {Contract.Name} {version.ToString(3)}, and this server has {Contract.Version!.ToString(3)}: "
        + $"build the module with a version from {Contract.Version.Major}.0 to {Contract.Version.ToString(2)}.");
}
