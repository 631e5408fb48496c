using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nakama.Console.Shell;

/// <summary>
/// The browser half of Blazor, read as data out of the assembly that BlazorScript.targets puts into the output; the
/// assembly itself is never loaded, so it may be built for any operating system.
/// </summary>
internal static class BlazorScript
{
    private const string ResourceName = "_framework/blazor.web.js";

    public static byte[] Load() => Load(Path.Combine(AppContext.BaseDirectory, "assets", "blazor-script.bin"));

    /// <exception cref="InvalidOperationException">The assembly does not carry the script.</exception>
    public static byte[] Load(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        var metadata = assembly.GetMetadataReader();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (metadata.GetString(resource.Name) != ResourceName) continue;

            var section = assembly.GetSectionData(assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
            var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
            return reader.ReadBytes(reader.ReadInt32());
        }

        throw new InvalidOperationException($"{path} does not carry {ResourceName}.");
    }
}
