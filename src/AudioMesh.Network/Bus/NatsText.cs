// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Bus;

/// <summary>Texts for libnats, and its errors.</summary>
internal static class NatsText
{
    /// <summary>UTF-8 with a zero behind it.</summary>
    public static byte[] Of(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    public static AudioMeshException Error(natsStatus status, string deed)
    {
        AudioErrorKind kind = status switch
        {
            natsStatus.NATS_CONNECTION_AUTH_FAILED or natsStatus.NATS_NOT_PERMITTED or natsStatus.NATS_SSL_ERROR => AudioErrorKind.PermissionDenied,
            natsStatus.NATS_SECURE_CONNECTION_WANTED or natsStatus.NATS_SECURE_CONNECTION_REQUIRED => AudioErrorKind.PermissionDenied,
            natsStatus.NATS_INVALID_ARG or natsStatus.NATS_ADDRESS_MISSING => AudioErrorKind.InvalidArgument,
            natsStatus.NATS_TIMEOUT => AudioErrorKind.Timeout,
            _ => AudioErrorKind.DeviceUnavailable,
        };
        return new AudioMeshException(kind, $"NATS could not {deed}: {LibNats.Instance.TextOf(status)}.");
    }

    /// <summary>A token as part of a bucket's name, which has fewer characters.</summary>
    public static string Bucket(string token) => token.Replace("_", "__", StringComparison.Ordinal).Replace("=", "_e", StringComparison.Ordinal).Replace("/", "_s", StringComparison.Ordinal);
}
