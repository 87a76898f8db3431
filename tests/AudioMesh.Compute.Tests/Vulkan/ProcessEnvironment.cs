// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Tests.Vulkan;

/// <summary>Variables that C libraries and .NET both see, until disposed.</summary>
internal sealed partial class ProcessEnvironment : IDisposable
{
    private readonly (string Name, string Value)[] _variables;

    public ProcessEnvironment(params (string Name, string Value)[] variables)
    {
        _variables = variables;
        foreach ((string name, string value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
            setenv(name, value, 1);
        }
    }

    public void Dispose()
    {
        foreach ((string name, _) in _variables)
        {
            Environment.SetEnvironmentVariable(name, null);
            unsetenv(name);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);
}
