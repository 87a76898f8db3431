// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AudioMesh.Realtime;

/// <summary>
/// Has compiled what device threads are to run, before they do: a method that the runtime compiles when it is first called holds the thread that calls it, for milliseconds. Does nothing where
/// all was compiled ahead of time. Devices, the engine and a mesh's threads prepare their own code and that of what they call back, so an app need not.
/// </summary>
public static class RealtimeCode
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Assembly> Prepared = [];

    /// <summary>
    /// Compiles what is marked <see cref="RealtimeSafeAttribute"/> in the assembly of <paramref name="type"/>, and in AudioMesh's, with the types it is in, and runs their static constructors.
    /// The first time takes some tenths of a second, and none after that. Any thread but the device's.
    /// </summary>
    public static void Prepare(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        lock (Gate)
        {
            PrepareOnce(typeof(RealtimeCode).Assembly);
            PrepareOnce(type.Assembly);
        }
    }

    private static void PrepareOnce(Assembly assembly)
    {
        if (Prepared.Add(assembly))
        {
            new AssemblyPreparation(assembly).Run();
        }
    }
}
