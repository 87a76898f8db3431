// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Network.Tests.Namespaces;

/// <summary>A network namespace, into which a thread may go.</summary>
internal sealed partial class NamespaceHost(string name, string space)
{
    public const string Folder = "/run/netns";
    private const int CloneNewNet = 0x40000000;

    public string Name => name;

    /// <summary>As <c>ip netns exec</c> knows it.</summary>
    public string Namespace => space;

    /// <summary>
    /// Does <paramref name="body"/> on a thread of this host. Sockets that it opens stay there whoever uses them, and so do threads that it starts.
    /// </summary>
    public T Do<T>(Func<T> body)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        Thread thread = new(() =>
        {
            try
            {
                Enter();
                result = body();
            }
            catch (Exception thrown)
            {
                error = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }

    private void Enter()
    {
        using SafeFileHandle file = File.OpenHandle(Path.Combine(Folder, space));
        if (setns((int)file.DangerousGetHandle(), CloneNewNet) != 0)
        {
            throw new InvalidOperationException($"setns into {space}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int file, int kind);
}
