package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks through formulas and spots. */
final class Spots {
  private Spots() {}

  /** The leaves that must stand in that turn. */
  static List<Spot> inTurn(Formula formula, int turn) {
    List<Spot> leaves = new ArrayList<>();
    forEachLeaf(
        formula,
        leaf -> {
          Where where =
              leaf instanceof Spot.Leaf words ? words.where() : ((Spot.AnyWords) leaf).where();
          if (where.turn() == turn) {
            leaves.add(leaf);
          }
        });
    return leaves;
  }

  /** The words that a formula asks for, without those that it excludes. */
  static List<Spot.Leaf> wanted(Formula formula) {
    List<Spot.Leaf> wanted = new ArrayList<>();
    addWanted(formula, wanted);
    return wanted;
  }

  private static void addWanted(Formula formula, List<Spot.Leaf> wanted) {
    switch (formula) {
      case Formula.All all -> all.parts().forEach(part -> addWanted(part, wanted));
      case Formula.Any any -> any.parts().forEach(part -> addWanted(part, wanted));
      case Formula.InSomeTurn some -> addWanted(some.part(), wanted);
      case Formula.Found found ->
          forEachLeaf(
              found.spot(),
              spot -> {
                if (spot instanceof Spot.Leaf leaf) {
                  wanted.add(leaf);
                }
              });
      case Formula.Not not -> {}
      case Formula.Filter filter -> {}
    }
  }

  /** The leaves of a spot. */
  static List<Spot> leaves(Spot spot) {
    List<Spot> leaves = new ArrayList<>();
    forEachLeaf(spot, leaves::add);
    return leaves;
  }

  private static void forEachLeaf(Formula formula, Consumer<Spot> consumer) {
    switch (formula) {
      case Formula.All all -> all.parts().forEach(part -> forEachLeaf(part, consumer));
      case Formula.Any any -> any.parts().forEach(part -> forEachLeaf(part, consumer));
      case Formula.Not not -> forEachLeaf(not.part(), consumer);
      case Formula.InSomeTurn some -> forEachLeaf(some.part(), consumer);
      case Formula.Found found -> forEachLeaf(found.spot(), consumer);
      case Formula.Filter filter -> {}
    }
  }

  private static void forEachLeaf(Spot spot, Consumer<Spot> consumer) {
    switch (spot) {
      case Spot.Leaf leaf -> consumer.accept(leaf);
      case Spot.AnyWords any -> consumer.accept(any);
      case Spot.Either either -> either.spots().forEach(one -> forEachLeaf(one, consumer));
      case Spot.Pair pair -> {
        forEachLeaf(pair.left(), consumer);
        forEachLeaf(pair.right(), consumer);
      }
    }
  }
}
