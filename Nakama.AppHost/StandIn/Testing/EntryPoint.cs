using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the app host's own <c>Program</c> up to <c>Build</c>, so that a test sees the house it describes.</summary>
internal static class EntryPoint
{
    [ThreadStatic]
    private static DistributedApplicationTestBuilder? s_described;

    /// <summary>The builder the program is to describe, when a test runs it.</summary>
    public static IDistributedApplicationBuilder? Described => s_described;

    public static void Describe(Assembly program, string[] args, DistributedApplicationTestBuilder builder)
    {
        s_described = builder;
        try
        {
            program.EntryPoint!.Invoke(null, [args]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is DescribedException)
        {
        }
        finally
        {
            s_described = null;
        }
    }

    /// <summary>Leaves the program where it would go on to run the house.</summary>
    internal sealed class DescribedException : Exception;
}
