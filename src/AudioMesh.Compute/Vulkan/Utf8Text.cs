// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Text as Vulkan has it: UTF-8 with a zero behind it.</summary>
internal static unsafe class Utf8Text
{
    /// <summary>The address of a <c>u8</c> literal, which never moves and has a zero behind it. For nothing else.</summary>
    public static byte* Literal(ReadOnlySpan<byte> literal) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));

    public static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>Whether the text at <paramref name="text"/> is <paramref name="literal"/>.</summary>
    public static bool Is(byte* text, ReadOnlySpan<byte> literal) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text).SequenceEqual(literal);
}
