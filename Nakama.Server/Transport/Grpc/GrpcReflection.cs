using Google.Protobuf.Reflection;
using Nakama.Server.Errors;
using Nakama.Server.Wire.Grpc;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Tells tools such as grpcurl which services there are and what their messages look like.</summary>
internal sealed class GrpcReflection : IGrpcService
{
    private static readonly FileDescriptor[] OwnFiles = [HealthReflection.Descriptor, ReflectionReflection.Descriptor];

    public bool Has(string service, string method) =>
        service is "grpc.reflection.v1.ServerReflection" or "grpc.reflection.v1alpha.ServerReflection" && method == "ServerReflectionInfo";

    public async Task HandleAsync(GrpcDoor door, string method, GrpcStream stream, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        foreach (var file in OwnFiles) Collect(file, files);
        if (door.Contract is { } contract) Collect(contract, files);

        while (true)
        {
            var request = new ServerReflectionRequest();
            if (!await stream.TryReadAsync(request, cancellationToken)) return;
            stream.Write(Answer(request, files));
            await stream.FlushAsync(cancellationToken);
        }
    }

    private static ServerReflectionResponse Answer(ServerReflectionRequest request, Dictionary<string, FileDescriptor> files)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new()
                {
                    Service = { files.Values.SelectMany(f => f.Services).Select(s => s.FullName).Order(StringComparer.Ordinal).Select(n => new ServiceResponse { Name = n }) },
                };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AnswerFile(response, files.GetValueOrDefault(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AnswerFile(response, files.Values.FirstOrDefault(f => Defines(f, request.FileContainingSymbol)), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var wanted = request.FileContainingExtension;
                AnswerFile(response, files.Values.FirstOrDefault(f => f.Extensions.UnorderedExtensions.Any(e => e.FieldNumber == wanted.ExtensionNumber && e.ExtendeeType.FullName == wanted.ContainingType)), wanted.ContainingType);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                response.AllExtensionNumbersResponse = new()
                {
                    BaseTypeName = request.AllExtensionNumbersOfType,
                    ExtensionNumber = { files.Values.SelectMany(f => f.Extensions.UnorderedExtensions).Where(e => e.ExtendeeType.FullName == request.AllExtensionNumbersOfType).Select(e => e.FieldNumber) },
                };
                break;
            default:
                response.ErrorResponse = new() { ErrorCode = (int)StatusCode.InvalidArgument, ErrorMessage = "invalid MessageRequest" };
                break;
        }

        return response;
    }

    /// <summary>The file and all that it needs, itself first.</summary>
    private static void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string name)
    {
        if (file is null)
        {
            response.ErrorResponse = new() { ErrorCode = (int)StatusCode.NotFound, ErrorMessage = $"not found: {name}" };
            return;
        }

        var needed = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        Collect(file, needed);
        response.FileDescriptorResponse = new() { FileDescriptorProto = { needed.Values.Select(f => f.SerializedData) } };
    }

    private static bool Defines(FileDescriptor file, string symbol)
    {
        if (!symbol.StartsWith(file.Package, StringComparison.Ordinal)) return false;
        return file.Services.Any(s => s.FullName == symbol || s.Methods.Any(m => m.FullName == symbol))
            || file.EnumTypes.Any(e => e.FullName == symbol)
            || file.MessageTypes.Any(m => symbol == m.FullName || symbol.StartsWith(m.FullName + ".", StringComparison.Ordinal))
            || file.Extensions.UnorderedExtensions.Any(e => e.FullName == symbol);
    }

    private static void Collect(FileDescriptor file, Dictionary<string, FileDescriptor> files)
    {
        if (!files.TryAdd(file.Name, file)) return;
        foreach (var dependency in file.Dependencies) Collect(dependency, files);
    }
}
