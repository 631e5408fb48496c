using Nakama.Server.Errors;

namespace Nakama.Server.Authentication;

internal static class LinkErrors
{
    public static ApiError DeviceInUse => new(StatusCode.AlreadyExists, "Device ID already in use.");

    public static ApiError DeviceFailed => new(StatusCode.Internal, "Error linking Device ID.");

    public static ApiError CustomIdCharacters => new(StatusCode.InvalidArgument, "Invalid custom ID, no spaces or control characters allowed.");

    public static ApiError CustomIdLength => new(StatusCode.InvalidArgument, "Invalid custom ID, must be 6-128 bytes.");

    public static ApiError CustomInUse => new(StatusCode.AlreadyExists, "Custom ID is already in use.");

    public static ApiError CustomFailed => new(StatusCode.Internal, "Error while trying to link Custom ID.");

    public static ApiError EmailInUse => new(StatusCode.AlreadyExists, "Email is already in use.");

    public static ApiError EmailFailed => new(StatusCode.Internal, "Error while trying to link email.");

    public static ApiError LastIdentifier =>
        new(StatusCode.PermissionDenied, "Cannot unlink last account identifier. Check profile exists and is not last link.");

    public static ApiError UnlinkDeviceRequired => new(StatusCode.InvalidArgument, "A device ID must be supplied.");

    public static ApiError UnlinkDeviceFailed => new(StatusCode.Internal, "Could not unlink device ID.");

    public static ApiError UnlinkCustomFailed => new(StatusCode.Internal, "Error while trying to unlink custom ID.");

    public static ApiError UnlinkEmailFailed => new(StatusCode.Internal, "Error while trying to unlink email.");
}
