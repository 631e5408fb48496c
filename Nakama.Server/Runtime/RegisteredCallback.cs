using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Jobs;

namespace Nakama.Server.Runtime;

/// <summary>A callback that the modules of a language have registered.</summary>
/// <param name="Registrations">All registrations of the modules.</param>
/// <param name="Kind">The kind of callback.</param>
/// <param name="Name">Its name.</param>
internal sealed record RegisteredCallback(RuntimeRegistrations Registrations, CallbackKind Kind, string Name)
{
    public ICallbackInvoker Invoker => Registrations.Invoker;

    /// <summary>The definition of a job.</summary>
    public JobDefinition Job => Registrations.Jobs[Name];

    /// <summary>Its key among the functions of a kind that are all called.</summary>
    public string KeyOfAll => $"{Invoker.Language} {Name}";
}
