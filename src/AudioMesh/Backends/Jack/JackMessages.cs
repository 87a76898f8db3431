// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Keeps what libjack would print: of a call that fails, the first error says why and becomes part of the exception. libjack has one
/// such function per process, hence the process-wide state.
/// </summary>
internal static unsafe class JackMessages
{
    private const int Capacity = 512;
    private static readonly byte* Text = (byte*)NativeMemory.AllocZeroed(Capacity);
    private static int _busy;

    /// <summary>Turns libjack silent. Any thread, as often as one likes.</summary>
    public static void Install(LibJack jack)
    {
        jack.jack_set_error_function(&OnError);
        jack.jack_set_info_function(&OnInfo);
    }

    /// <summary>Forgets what was said, before a call whose error is wanted.</summary>
    public static void Clear()
    {
        if (TryEnter())
        {
            *Text = 0;
            Leave();
        }
    }

    /// <summary>The first error since <see cref="Clear"/> with a space before it, or nothing: to be appended to a message.</summary>
    public static string First()
    {
        string text = "";
        if (TryEnter())
        {
            text = JackText.FromNative(Text).Trim();
            Leave();
        }

        return text.Length == 0 ? "" : $" libjack says: {text}";
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(byte* message)
    {
        if (message == null || !TryEnter())
        {
            return;
        }

        if (*Text == 0)
        {
            int length = 0;
            while (length < Capacity - 1 && message[length] != 0)
            {
                Text[length] = message[length];
                length++;
            }

            Text[length] = 0;
        }

        Leave();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnInfo(byte* message)
    {
    }

    /// <summary>Never waits: messages come from libjack's realtime threads too.</summary>
    private static bool TryEnter() => Interlocked.Exchange(ref _busy, 1) == 0;

    private static void Leave() => Volatile.Write(ref _busy, 0);
}
