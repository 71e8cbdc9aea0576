//! Compiles keys into a trie that the program reads where it lies: nothing is copied or checked when it is loaded.
//!
//! The file, little-endian: the numbers of pages, of first characters and of nodes, 4 bytes each; for each 128 code points
//! the number of their page, 2 bytes; the pages, 128 codes of 2 bytes; a node for each first character, by its code;
//! the other nodes. `src/script/trie.rs` reads it.
//!
//! A character's code is its rank by frequency in the keys; 0 stands for all that no key has. A node has 20 bits for its
//! base, where its children are (`base ^ code`, 0: it has none); 20 bits for the base of its parent, by which a child is
//! known, or, with a first character, for a filter of the codes that may follow; the rest for its value, 0: none. Its
//! width is 8 bytes, or 6 where 8 bits are enough for every value.

use std::collections::BTreeMap;

const CODE_POINTS: usize = 0x32000;
const PAGE: usize = 128;
const BASES: usize = 1 << 20;
const FILTER: u32 = 16;
/// The bits of a word.
const WORD: usize = 64;

/// Keys in ascending order, with values from 1 to what a node of `WIDTH` bytes has room for.
pub(crate) fn compile<'k, const WIDTH: usize>(keys: impl IntoIterator<Item = (&'k str, u32)>) -> Vec<u8> {
    let keys: Vec<(&str, u32)> = keys.into_iter().collect();
    let codes = codes(&keys);
    let mut tree = Tree { nodes: vec![Branch::default()] };
    for (key, value) in &keys {
        assert!(!key.is_empty() && *value != 0, "{key} has a value");
        assert!(*value < 1 << (8 * WIDTH - 40), "the value of {key} has room in a node");
        tree.insert(key.chars().map(|character| codes[&character]), *value);
    }
    let (firsts, nodes) = Layout::new(codes.len() + 1).lay_out(&tree);

    let mut pages = vec![[0_u16; PAGE]];
    let mut index = [0_u16; CODE_POINTS / PAGE];
    for (&character, &code) in &codes {
        let point = character as usize;
        assert!(point < CODE_POINTS, "{character} is in the planes of Chinese characters");
        if index[point / PAGE] == 0 {
            index[point / PAGE] = u16::try_from(pages.len()).expect("fewer pages than 65,536");
            pages.push([0; PAGE]);
        }
        pages[usize::from(index[point / PAGE])][point % PAGE] = code;
    }
    let lengths = [pages.len(), firsts.len(), nodes.len()];
    let mut file = Vec::new();
    file.extend(lengths.iter().flat_map(|length| (*length as u32).to_le_bytes()));
    file.extend(index.iter().chain(pages.iter().flatten()).flat_map(|number| number.to_le_bytes()));
    file.extend(firsts.iter().chain(&nodes).flat_map(|node| node.to_le_bytes().into_iter().take(WIDTH)));
    file
}

/// The most frequent character is 1: what is read most lies together.
fn codes(keys: &[(&str, u32)]) -> BTreeMap<char, u16> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for character in keys.iter().flat_map(|(key, _)| key.chars()) {
        *counts.entry(character).or_default() += 1;
    }
    let mut ranked: Vec<(char, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|&(character, count)| (usize::MAX - count, character));
    let codes = ranked.into_iter().zip(1..);
    codes.map(|((character, _), code)| (character, code)).collect()
}

#[derive(Default)]
struct Branch {
    children: BTreeMap<u16, usize>,
    value: u32,
}

struct Tree {
    nodes: Vec<Branch>,
}

impl Tree {
    fn insert(&mut self, codes: impl Iterator<Item = u16>, value: u32) {
        let mut at = 0;
        for code in codes {
            let next = self.nodes.len();
            at = *self.nodes[at].children.entry(code).or_insert(next);
            if at == next {
                self.nodes.push(Branch::default());
            }
        }
        assert_eq!(self.nodes[at].value, 0, "the keys are distinct");
        self.nodes[at].value = value;
    }
}

/// Places for nodes. No two nodes have the same base, so that it tells whose child a node is.
struct Layout {
    firsts: usize,
    /// A bit for each place that is free.
    free: Vec<u64>,
    /// A bit for each base that is.
    bases: Vec<u64>,
    /// Before this word of `free` nothing is.
    full: usize,
}

impl Layout {
    fn new(firsts: usize) -> Layout {
        let all = vec![u64::MAX; BASES / WORD];
        let mut bases = all.clone();
        // Of a node without children.
        bases[0] ^= 1;
        Layout { firsts, free: all, bases, full: 0 }
    }

    fn lay_out(mut self, tree: &Tree) -> (Vec<u64>, Vec<u64>) {
        let mut bases = vec![0; tree.nodes.len()];
        // Those with many children need room; those with one fit in wherever there is a gap.
        let mut order: Vec<usize> = (1..tree.nodes.len()).collect();
        order.retain(|&at| !tree.nodes[at].children.is_empty());
        order.sort_by_key(|&at| usize::MAX - tree.nodes[at].children.len());
        for at in order {
            let codes: Vec<usize> = tree.nodes[at].children.keys().map(|&code| usize::from(code)).collect();
            bases[at] = self.place(&codes);
        }
        let mut firsts = vec![0; self.firsts];
        for (&code, &at) in &tree.nodes[0].children {
            let branch = &tree.nodes[at];
            let filter =
                branch.children.keys().fold(0, |filter, code| filter | 1 << (u32::from(*code) % FILTER));
            firsts[usize::from(code)] = node(bases[at], filter, branch.value);
        }
        let mut nodes = vec![0; self.places()];
        for (at, branch) in tree.nodes.iter().enumerate().skip(1) {
            for (&code, &child) in &branch.children {
                let place = bases[at] as usize ^ usize::from(code);
                nodes[place] = node(bases[child], bases[at], tree.nodes[child].value);
            }
        }
        (firsts, nodes)
    }

    /// Takes the first places where children with these codes fit, and gives their base.
    fn place(&mut self, codes: &[usize]) -> u32 {
        while self.free[self.full] == 0 {
            self.full += 1;
        }
        let base = (self.full..self.free.len()).find_map(|word| self.fitting(word, codes));
        let base = base.expect("a base has 20 bits");
        take(&mut self.bases, base);
        for code in codes {
            take(&mut self.free, base ^ code);
        }
        u32::try_from(base).expect("a base has 20 bits")
    }

    /// A base that puts the first of the children into a word of `free`, and all of them where nothing is yet.
    fn fitting(&self, word: usize, codes: &[usize]) -> Option<usize> {
        // Bit by bit for all places of the word at once: `base ^ code` is another word and another order of its bits.
        let bases = (word * WORD) ^ codes[0];
        let mut fits = swapped(self.bases[bases / WORD], bases % WORD);
        for code in codes {
            fits &= swapped(self.free[(bases ^ code) / WORD], (bases ^ code) % WORD);
            if fits == 0 {
                return None;
            }
        }
        Some(bases ^ fits.trailing_zeros() as usize)
    }

    /// How many places there are up to the last that is taken.
    fn places(&self) -> usize {
        let last = self.free.iter().rposition(|&word| word != u64::MAX);
        last.map_or(0, |word| (word + 1) * WORD - self.free[word].leading_ones() as usize)
    }
}

fn take(bits: &mut [u64], at: usize) {
    bits[at / WORD] &= !(1 << (at % WORD));
}

/// The bits of a word, each moved from its place to `place ^ by`.
fn swapped(bits: u64, by: usize) -> u64 {
    let halves = [
        (32, 0x0000_0000_FFFF_FFFF),
        (16, 0x0000_FFFF_0000_FFFF),
        (8, 0x00FF_00FF_00FF_00FF),
        (4, 0x0F0F_0F0F_0F0F_0F0F),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ];
    let asked = halves.into_iter().filter(|(distance, _)| by & distance != 0);
    asked.fold(bits, |bits, (distance, low)| (bits & low) << distance | bits >> distance & low)
}

fn node(base: u32, parent: u32, value: u32) -> u64 {
    u64::from(base) | u64::from(parent) << 20 | u64::from(value) << 40
}
