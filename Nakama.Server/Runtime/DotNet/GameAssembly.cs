namespace Nakama.Server.Runtime.DotNet;

/// <summary>A module that was loaded from the folder of modules.</summary>
/// <param name="Type">The class of the module.</param>
/// <param name="File">The assembly.</param>
internal sealed record GameAssembly(Type Type, ModuleFile File);
