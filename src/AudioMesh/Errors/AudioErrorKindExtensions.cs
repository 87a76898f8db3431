// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The stable spelling of error kinds in the control protocol.</summary>
public static class AudioErrorKindExtensions
{
    /// <summary>The kind as the control protocol spells it: <c>device_unavailable</c>.</summary>
    public static string ToCode(this AudioErrorKind kind) => kind switch
    {
        AudioErrorKind.InvalidArgument => "invalid_argument",
        AudioErrorKind.InvalidState => "invalid_state",
        AudioErrorKind.NotFound => "not_found",
        AudioErrorKind.LimitExceeded => "limit_exceeded",
        AudioErrorKind.DeviceUnavailable => "device_unavailable",
        AudioErrorKind.DeviceBusy => "device_busy",
        AudioErrorKind.DeviceLost => "device_lost",
        AudioErrorKind.FormatUnsupported => "format_unsupported",
        AudioErrorKind.PermissionDenied => "permission_denied",
        AudioErrorKind.LibraryMissing => "library_missing",
        AudioErrorKind.Timeout => "timeout",
        AudioErrorKind.FileInvalid => "file_invalid",
        AudioErrorKind.FileUnreadable => "file_unreadable",
        AudioErrorKind.DiskFull => "disk_full",
        AudioErrorKind.Protocol => "protocol",
        AudioErrorKind.QuotaExceeded => "quota_exceeded",
        AudioErrorKind.Busy => "busy",
        _ => "internal",
    };

    /// <summary>The kind spelled <paramref name="code"/>; unknown spellings are <see cref="AudioErrorKind.Internal"/>.</summary>
    public static AudioErrorKind FromCode(string? code)
    {
        foreach (AudioErrorKind kind in Enum.GetValues<AudioErrorKind>())
        {
            if (kind.ToCode() == code)
            {
                return kind;
            }
        }

        return AudioErrorKind.Internal;
    }
}
