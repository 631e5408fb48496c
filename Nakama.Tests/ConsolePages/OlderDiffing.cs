using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Nakama.Tests.ConsolePages;

/// <summary>bUnit asks for a later AngleSharp.Diffing than there is; the older one does all that these tests need.</summary>
internal static class OlderDiffing
{
    private const string Name = "AngleSharp.Diffing";

#pragma warning disable CA2255 // The tests are the application here, and the first of them already needs it.
    [ModuleInitializer]
    internal static void Offer() => AssemblyLoadContext.Default.Resolving += static (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "compat", Name + ".dll")) : null;
#pragma warning restore CA2255
}
