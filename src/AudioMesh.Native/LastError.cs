// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Native;

/// <summary>Turns exceptions into statuses, and keeps each thread's last text.</summary>
internal static class LastError
{
    [ThreadStatic]
    private static byte[]? _text;

    public static ReadOnlySpan<byte> Text => _text;

    public static int Set(Exception error)
    {
        _text = Encoding.UTF8.GetBytes(error.Message);
        return (int)(error switch
        {
            AudioMeshException named => named.Kind,
            ObjectDisposedException => AudioErrorKind.InvalidState,
            _ => AudioErrorKind.Internal,
        });
    }
}
