using System.Reflection;
using Nakama.GameLogic.Functions;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>Functions of the server that are not kept in memory: each call says so.</summary>
#pragma warning disable CA1852 // The proxies derive from it.
internal class NotInMemory : DispatchProxy
#pragma warning restore CA1852
{
    public static T Of<T>()
        where T : class => Create<T, NotInMemory>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        var function = targetMethod.GetCustomAttribute<ServerFunctionAttribute>()?.Name ?? targetMethod.Name;
        throw new NotSupportedException(
            $"The test host does not keep {function} in memory. Give the module a fake of {targetMethod.DeclaringType!.Name}, or pass the functions of a real server.");
    }
}
