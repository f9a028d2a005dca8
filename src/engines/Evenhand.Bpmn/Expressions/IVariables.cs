namespace Evenhand.Bpmn.Expressions;

/// <summary>Where an expression finds its variables; the innermost scope first.</summary>
public interface IVariables
{
    /// <summary>The value of a variable.</summary>
    /// <param name="name">Its name, told apart by case.</param>
    /// <param name="value">Its value; nothing when there is no such variable.</param>
    /// <returns>False when there is no such variable, which is an error in an expression, unlike a variable that holds nothing.</returns>
    bool TryGet(string name, out Value value);
}
