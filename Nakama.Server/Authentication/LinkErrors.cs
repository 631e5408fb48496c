using Nakama.Server.Errors;

namespace Nakama.Server.Authentication;

internal static class LinkErrors
{
    public static ApiException DeviceInUse => new(StatusCode.AlreadyExists, "Device ID already in use.");

    public static ApiException DeviceFailed => new(StatusCode.Internal, "Error linking Device ID.");

    public static ApiException CustomIdCharacters => new(StatusCode.InvalidArgument, "Invalid custom ID, no spaces or control characters allowed.");

    public static ApiException CustomIdLength => new(StatusCode.InvalidArgument, "Invalid custom ID, must be 6-128 bytes.");

    public static ApiException CustomInUse => new(StatusCode.AlreadyExists, "Custom ID is already in use.");

    public static ApiException CustomFailed => new(StatusCode.Internal, "Error while trying to link Custom ID.");

    public static ApiException EmailInUse => new(StatusCode.AlreadyExists, "Email is already in use.");

    public static ApiException EmailFailed => new(StatusCode.Internal, "Error while trying to link email.");

    public static ApiException LastIdentifier =>
        new(StatusCode.PermissionDenied, "Cannot unlink last account identifier. Check profile exists and is not last link.");

    public static ApiException UnlinkDeviceRequired => new(StatusCode.InvalidArgument, "A device ID must be supplied.");

    public static ApiException UnlinkDeviceFailed => new(StatusCode.Internal, "Could not unlink device ID.");

    public static ApiException UnlinkCustomFailed => new(StatusCode.Internal, "Error while trying to unlink custom ID.");

    public static ApiException UnlinkEmailFailed => new(StatusCode.Internal, "Error while trying to unlink email.");
}
