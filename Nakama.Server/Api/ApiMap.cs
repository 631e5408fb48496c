using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Nakama.Server.Api;

/// <summary>Hands its methods to the API once, at start.</summary>
public interface IApiFeature
{
    void Map(ApiMap api);
}

/// <summary>All methods of one service by name. Features fill it before the doors open; afterwards it is only read.</summary>
public sealed class ApiMap
{
    private readonly Dictionary<string, ApiMethod> _methods;

    public ApiMap(ServiceDescriptor service, Func<MethodDescriptor, ApiCredential> credentialOf)
    {
        Service = service;
        _methods = service.Methods.ToDictionary(m => m.Name, m => new ApiMethod(m, credentialOf(m)), StringComparer.Ordinal);
    }

    public ServiceDescriptor Service { get; }

    public IReadOnlyCollection<ApiMethod> Methods => _methods.Values;

    public ApiMethod? Find(string name) => _methods.GetValueOrDefault(name);

    /// <summary>Gives a method its handler. The types must be those of the contract.</summary>
    /// <exception cref="InvalidOperationException">No such method, other types, or a second handler.</exception>
    public void Map<TRequest, TResponse>(string name, Func<ApiCall, TRequest, CancellationToken, ValueTask<TResponse>> handler)
        where TRequest : class, IMessage
        where TResponse : class, IMessage
    {
        if (!_methods.TryGetValue(name, out var method))
            throw new InvalidOperationException($"{Service.FullName} has no method {name}.");
        if (method.Descriptor.InputType.ClrType != typeof(TRequest) || method.Descriptor.OutputType.ClrType != typeof(TResponse))
            throw new InvalidOperationException($"{name} takes {method.Descriptor.InputType.Name} and returns {method.Descriptor.OutputType.Name}.");
        if (method.Handler is not null)
            throw new InvalidOperationException($"{name} already has a handler.");

        method.Handler = (call, request, cancellationToken) =>
        {
            var running = handler(call, (TRequest)request, cancellationToken);
            return running.IsCompletedSuccessfully ? new(running.Result) : AwaitAsync(running);
        };

        static async ValueTask<IMessage> AwaitAsync(ValueTask<TResponse> running) => await running;
    }
}
