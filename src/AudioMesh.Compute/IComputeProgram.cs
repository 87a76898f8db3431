// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>
/// Dispatches recorded once and submitted many times. What changes from one submission to the next lies in the buffers. Submitting, asking and
/// waiting allocate nothing. For one thread at a time.
/// </summary>
public interface IComputeProgram : IDisposable
{
    /// <summary>
    /// Starts the program and returns the ticket of this run; tickets rise. Throws <see cref="AudioErrorKind.DeviceLost"/> when the device is gone.
    /// At most one run is under way: submitting before the one before is done waits for it, and a device that hangs may make it throw
    /// <see cref="AudioErrorKind.Timeout"/> after seconds.
    /// </summary>
    long Submit();

    /// <summary>Whether this run is done. Never waits. Throws <see cref="AudioErrorKind.DeviceLost"/> when the device is gone.</summary>
    bool IsDone(long ticket);

    /// <summary>Waits until this run is done; false when the time is over. Throws <see cref="AudioErrorKind.DeviceLost"/> when the device is gone.</summary>
    bool Wait(long ticket, TimeSpan timeout);
}
