// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>
/// Treats denormal floats as zero on the calling thread: a decaying tail would otherwise cost a hundred times its normal arithmetic.
/// Sets flush-to-zero and denormals-are-zero in MXCSR (x86-64) or FZ in FPCR (arm64), with glibc or on macOS; elsewhere it does nothing.
/// Executed on Linux x86-64 only; the layouts of the others are from their headers.
/// </summary>
public static unsafe class Denormals
{
    private const uint FlushAndDenormalsAreZero = 0x8040;
    private const uint FlushZero = 1u << 24;

    /// <summary>
    /// Begins flushing; <c>using Denormals.Scope scope = Denormals.Flush();</c> ends it. A thread that owns itself may leave it on for good.
    /// Threads started meanwhile inherit it. Not a system call. The first call in a process binds the C library's function: make it before the device runs.
    /// </summary>
    [RealtimeSafe]
    public static Scope Flush()
    {
        FloatMode mode = default;
        if (!FloatMode.Read(&mode))
        {
            return default;
        }

        Scope scope = new(mode);
        mode.Control |= RuntimeInformation.ProcessArchitecture == Architecture.X64 ? FlushAndDenormalsAreZero : FlushZero;
        FloatMode.Write(&mode);
        return scope;
    }

    /// <summary>Restores on <see cref="Dispose"/> what the thread did before. Belongs to the thread that made it.</summary>
    public readonly ref struct Scope
    {
        private readonly FloatMode _before;
        private readonly bool _changed;

        internal Scope(FloatMode before)
        {
            _before = before;
            _changed = true;
        }

        /// <summary>Ends flushing, unless an outer scope began it.</summary>
        [RealtimeSafe]
        public void Dispose()
        {
            FloatMode before = _before;
            if (_changed)
            {
                FloatMode.Write(&before);
            }
        }
    }
}
