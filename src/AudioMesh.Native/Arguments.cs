// SPDX-License-Identifier: MIT
namespace AudioMesh.Native;

internal static unsafe class Arguments
{
    public static void NotNull(void* pointer, string name)
    {
        if (pointer == null)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} is NULL.");
        }
    }

    /// <summary>Copies a text of the caller's; empty for NULL.</summary>
    public static byte[] Copy(byte* text, nuint length)
    {
        if (length > ControlLimit)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"A text of {length} bytes is longer than {ControlLimit}.");
        }

        return text == null ? [] : new ReadOnlySpan<byte>(text, (int)length).ToArray();
    }

    private const nuint ControlLimit = 1 << 20;
}
