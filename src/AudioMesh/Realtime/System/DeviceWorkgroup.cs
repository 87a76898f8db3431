// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AudioMesh.Realtime;

/// <summary>
/// Membership of the calling thread in a CoreAudio device's workgroup (os/workgroup_object.h), so that the kernel schedules helper threads
/// together with the device thread. For threads that help a device thread; the device's own thread is a member already.
/// Written from the headers, never executed on macOS.
/// </summary>
[SupportedOSPlatform("macos11.0")]
public sealed unsafe partial class DeviceWorkgroup : IDisposable
{
    private const string Library = "libSystem.B.dylib";

    /// <summary><c>os_workgroup_join_token_s</c> is 40 bytes, opaque, and must not move.</summary>
    private const int TokenBytes = 40;

    private readonly nint _workgroup;
    private void* _token;

    private DeviceWorkgroup(nint workgroup, void* token)
    {
        _workgroup = workgroup;
        _token = token;
    }

    /// <summary>
    /// Joins <paramref name="workgroup"/>, the <c>os_workgroup_t</c> of the device. Null when the system refuses (cancelled, already a member).
    /// </summary>
    public static DeviceWorkgroup? Join(nint workgroup)
    {
        void* token = NativeMemory.AllocZeroed(TokenBytes);
        if (os_workgroup_join(workgroup, token) == 0)
        {
            return new DeviceWorkgroup(workgroup, token);
        }

        NativeMemory.Free(token);
        return null;
    }

    /// <summary>Leaves it. On the thread that joined, before that thread ends.</summary>
    public void Dispose()
    {
        if (_token != null)
        {
            os_workgroup_leave(_workgroup, _token);
            NativeMemory.Free(_token);
            _token = null;
        }
    }

    [LibraryImport(Library)]
    private static partial int os_workgroup_join(nint workgroup, void* token);

    [LibraryImport(Library)]
    private static partial void os_workgroup_leave(nint workgroup, void* token);
}
