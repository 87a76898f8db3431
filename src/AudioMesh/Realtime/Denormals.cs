// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>
/// Treats denormal floats as zero on the calling thread: a decaying tail would otherwise cost a hundred times its normal arithmetic.
/// Sets flush-to-zero and denormals-are-zero in MXCSR (x86-64) or FZ in FPCR (arm64). Executed on Linux x86-64; the layouts of
/// Linux arm64 and macOS are from their headers.
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
        FloatEnvironment environment = default;
        if (!FloatEnvironment.Read(&environment))
        {
            return default;
        }

        uint before = environment.Control;
        environment.Control = before | (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? FlushAndDenormalsAreZero : FlushZero);
        FloatEnvironment.Write(&environment);
        return new Scope(before);
    }

    /// <summary>Restores on <see cref="Dispose"/> what the thread did before. Belongs to the thread that made it.</summary>
    public readonly ref struct Scope
    {
        private readonly uint _before;
        private readonly bool _changed;

        internal Scope(uint before)
        {
            _before = before;
            _changed = true;
        }

        /// <summary>Ends flushing, unless an outer scope began it.</summary>
        [RealtimeSafe]
        public void Dispose()
        {
            FloatEnvironment environment = default;
            if (_changed && FloatEnvironment.Read(&environment))
            {
                environment.Control = _before;
                FloatEnvironment.Write(&environment);
            }
        }
    }
}
